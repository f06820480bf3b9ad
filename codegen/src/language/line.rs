//! The line in each spec that names its schema.

use super::FileKind;
use crate::load::is_imported;

/// How such a line starts; the YAML language server looks for it in comments.
const MARK: &str = "# yaml-language-server: $schema=";

/// The line for a file of that kind, two folders below the spec folder.
#[must_use]
pub fn line(kind: FileKind) -> String {
    format!("{MARK}../../schema/{}\n", kind.schema())
}

/// The text with the line where it belongs: first, or second in an imported file, whose first line says that it is one.
#[must_use]
pub fn with_line(text: &str, kind: FileKind) -> String {
    let kept = text
        .split_inclusive('\n')
        .filter(|line| !line.starts_with(MARK));
    let mut kept = kept.peekable();
    let mut out = String::with_capacity(text.len() + 80);
    if is_imported(text) {
        out.extend(kept.next());
    }
    out += &line(kind);
    out.extend(kept);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::IMPORTED;

    #[test]
    fn the_line_comes_first_once_and_again_changes_nothing() {
        let wanted = "# yaml-language-server: $schema=../../schema/operation.json\noperation: A\n";
        let kind = FileKind::of("A");
        assert_eq!(with_line("operation: A\n", kind), wanted);
        assert_eq!(with_line(wanted, kind), wanted);
        let moved = "operation: A\n# yaml-language-server: $schema=other.json\n";
        assert_eq!(with_line(moved, kind), wanted);
    }

    #[test]
    fn an_imported_file_still_says_so_first() {
        let text = format!("{IMPORTED} More.\nproduct: A\n");
        let with = with_line(&text, FileKind::of("service"));
        let line = "# yaml-language-server: $schema=../../schema/service.json\n";
        assert_eq!(with, format!("{IMPORTED} More.\n{line}product: A\n"));
        assert!(is_imported(&with));
    }

    #[test]
    fn overlays_have_schemas_of_their_own() {
        assert_eq!(FileKind::of("A.overlay").schema(), "operation-overlay.json");
        assert_eq!(
            FileKind::of("service.overlay").schema(),
            "service-overlay.json"
        );
    }
}
