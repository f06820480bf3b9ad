//! The version that changes ask for, by the rules of semantic versioning as cargo reads them.

use super::{Change, Grade};

/// The version after `current`; before 1.0 the second number counts as the first. `None` when nothing changed, or
/// when `current` is no version of three numbers.
#[must_use]
pub fn bump(current: &str, changes: &[Change]) -> Option<String> {
    let worst = changes.iter().map(|change| change.grade).min()?;
    let mut numbers = current.split('.').map(|number| number.parse::<u64>().ok());
    let (major, minor, patch) = (numbers.next()??, numbers.next()??, numbers.next()??);
    Some(match (major, worst) {
        (0, Grade::Breaking) => format!("0.{}.0", minor + 1),
        (0, _) => format!("0.{minor}.{}", patch + 1),
        (_, Grade::Breaking) => format!("{}.0.0", major + 1),
        (_, Grade::Addition) => format!("{major}.{}.0", minor + 1),
        (_, Grade::Documentation) => format!("{major}.{minor}.{}", patch + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_change_decides() {
        let of = |grades: &[Grade]| -> Vec<Change> {
            let change = |grade: &Grade| Change {
                grade: *grade,
                version: String::new(),
                text: String::new(),
            };
            grades.iter().map(change).collect()
        };
        use Grade::{Addition, Breaking, Documentation};
        let next = |current, grades: &[Grade]| bump(current, &of(grades));
        assert_eq!(
            next("0.1.2", &[Addition, Breaking]).as_deref(),
            Some("0.2.0")
        );
        assert_eq!(next("0.1.2", &[Addition]).as_deref(), Some("0.1.3"));
        assert_eq!(next("0.1.2", &[Documentation]).as_deref(), Some("0.1.3"));
        assert_eq!(
            next("1.4.2", &[Documentation, Breaking]).as_deref(),
            Some("2.0.0")
        );
        assert_eq!(
            next("1.4.2", &[Documentation, Addition]).as_deref(),
            Some("1.5.0")
        );
        assert_eq!(next("1.4.2", &[Documentation]).as_deref(), Some("1.4.3"));
        assert_eq!(next("1.4.2", &[]), None);
        assert_eq!(next("one", &[Addition]), None);
    }
}
