//! Files: what keeps one from being read at all.

super::codes! {
    NOT_YAML = "S001" Error "not valid YAML" {
        explanation: "The file is not YAML 1.2, so nothing in it can be read. The message says what the parser expected; \
            the place is where it gave up, which may be a line after the mistake.",
        remedy: "Mend the place shown. Quote texts that hold `: `, ` #` or start with a special character.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nsummary: Starts: at once.\n")],
    }
    EMPTY_FILE = "S002" Error "empty file" {
        explanation: "A file of the spec folder has nothing in it but white space and comments.",
        remedy: "Write the operation, or remove the file.",
        example: &[("Start.yaml", b"# To be written.\n")],
    }
    UNREADABLE_FILE = "S003" Error "file that is not text" {
        explanation: "Specs are UTF-8, of 64 MiB at most. Other encodings would be guesses.",
        remedy: "Save the file as UTF-8.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nsummary: Sch\xfctzt.\n")],
    }
    MISSING_SERVICE = "S004" Error "version folder without service.yaml" {
        explanation: "Each folder of a product version holds a `service.yaml` with what its operations share. Without one \
            they have no product, no version and no style.",
        remedy: "Add `service.yaml` with `product`, `version` and `style`; or move the folder.",
        example: &[("../2024-02-02/Start.yaml", b"operation: Start\neffect: start\n")],
    }
    SECOND_DOCUMENT = "S005" Error "several documents in a file" {
        explanation: "A line `---` starts a second YAML document, and a file holds one operation.",
        remedy: "Move the second document into a file of its own.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\n---\noperation: Stop\neffect: stop\n")],
    }
    TOO_LARGE = "S006" Error "file too large or too deep" {
        explanation: "A file may have 200000 values, counted with aliases expanded, and 200 levels. That keeps a small file \
            from filling the memory.",
        remedy: "Split the file, or write what is repeated once and refer to it with `ref`.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nexamples:\n  - request:\n      A: \
            [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\
            [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\
            1\
            ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\
            ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n")],
    }
    YAML_TAG = "S007" Error "YAML tag" {
        explanation: "A word that starts with `!` is a YAML tag. Nothing in a spec has a use for one.",
        remedy: "Remove the tag; quote the text if it starts with `!` itself.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nsummary: !important Starts it.\n")],
    }
    KEY_NOT_TEXT = "S008" Error "key that is not text" {
        explanation: "YAML allows lists and mappings as keys; in a spec a key is a name.",
        remedy: "Write a name before the colon.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nparameters:\n  ? [A, B]\n  : {type: string}\n")],
    }
    DUPLICATE_KEY = "S009" Error "key given twice" {
        explanation: "The same key stands twice in one mapping, or the same error code in one list. Only one of them can \
            be meant, and picking one in silence would hide the other.",
        remedy: "Remove one of the two; the message names the line of the first.",
        example: &[("Start.yaml", b"operation: Start\neffect: start\nsummary: Starts.\nsummary: Starts it.\n")],
    }
}
