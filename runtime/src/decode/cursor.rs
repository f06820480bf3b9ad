//! Finding a name in a list of names. The members of an answer mostly come in one order, so the search for the next goes on
//! where the last one was found.

use super::scan;

/// Where in a list of names to look first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cursor {
    byte: usize,
    index: usize,
}

impl Cursor {
    /// Which of the names, separated by single spaces, that one is. A space within a name is written as NUL.
    pub(super) fn find(&mut self, names: &str, name: &str) -> Option<usize> {
        if scan::space(name.as_bytes()) == name.len() {
            self.look_for(names.as_bytes(), name.as_bytes())
        } else {
            self.look_for(names.as_bytes(), name.replace(' ', "\0").as_bytes())
        }
    }

    fn look_for(&mut self, names: &[u8], name: &[u8]) -> Option<usize> {
        let before = &names[..self.byte.min(names.len())];
        self.search(names, name).or_else(|| {
            *self = Self::default();
            self.search(before, name)
        })
    }

    /// Looks for the name from here to the end.
    fn search(&mut self, names: &[u8], name: &[u8]) -> Option<usize> {
        loop {
            let rest = names.get(self.byte..).filter(|rest| !rest.is_empty())?;
            let found = rest.starts_with(name) && matches!(rest.get(name.len()), None | Some(b' '));
            let length = if found { name.len() } else { scan::space(rest) };
            let index = self.index;
            self.byte += length + 1;
            self.index += 1;
            if found {
                return Some(index);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "Status Delay DelayMillis Ä Two\0Words X";

    #[test]
    fn names_are_found_in_any_order() {
        let wanted = ["Status", "Delay", "DelayMillis", "Ä", "Two Words", "X"];
        for first in 0..wanted.len() {
            for second in 0..wanted.len() {
                let mut cursor = Cursor::default();
                assert_eq!(cursor.find(NAMES, wanted[first]), Some(first));
                assert_eq!(cursor.find(NAMES, wanted[second]), Some(second));
                assert_eq!(cursor.find(NAMES, "Y"), None);
                assert_eq!(cursor.find(NAMES, wanted[first]), Some(first));
            }
        }
    }

    #[test]
    fn what_is_no_name_is_not_found() {
        for name in [
            "",
            " ",
            "Stat",
            "Statuses",
            "status",
            "Status Delay",
            "Status ",
            " Status",
            "Delay DelayMillis",
            "Millis",
            "Two",
            "XX",
        ] {
            let mut cursor = Cursor::default();
            assert_eq!(cursor.find(NAMES, name), None, "{name:?}");
            assert_eq!(cursor.find(NAMES, "Delay"), Some(1), "after {name:?}");
        }
        assert_eq!(Cursor::default().find("", ""), None);
        assert_eq!(Cursor::default().find("", "A"), None);
    }
}
