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
        let names = names.as_bytes();
        self.look_for(names, name.as_bytes()).or_else(|| {
            let name = name.contains(' ').then(|| name.replace(' ', "\0"))?;
            self.look_for(names, name.as_bytes())
        })
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
            let length = scan::space(rest);
            let index = self.index;
            self.byte += length + 1;
            self.index += 1;
            if rest.get(..length) == Some(name) {
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
