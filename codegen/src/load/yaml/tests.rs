use super::*;

const FILE: FileId = FileId(0);

fn tree(text: &str) -> Node {
    parse(FILE, text).unwrap().unwrap()
}

fn problem(text: &str) -> String {
    let problem = parse(FILE, text).unwrap_err();
    let Span { start, end, .. } = problem.span;
    format!("{start}..{end} {}", problem.message)
}

/// The tree with every span replaced by the text it covers.
fn covered(text: &str, node: &Node) -> String {
    let cover = |span: Span| &text[span.start as usize..span.end as usize];
    match &node.value {
        Value::Scalar { text: value, plain } => {
            let mark = if *plain { "" } else { "!" };
            format!("{mark}{value:?}<{}>", cover(node.span))
        }
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(|item| covered(text, item)).collect();
            format!("[{}]<{}>", items.join(" "), cover(node.span))
        }
        Value::Mapping(entries) => {
            let entry = |(key, value): &(Spanned<String>, Node)| {
                format!("{}={}", cover(key.span), covered(text, value))
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}<{}>", entries.join(" "), cover(node.span))
        }
    }
}

fn shown(text: &str) -> String {
    covered(text, &tree(text))
}

#[test]
fn spans_cover_what_was_written() {
    assert_eq!(shown("a: b # c\n"), "{a=\"b\"<b>}<a: b>");
    assert_eq!(
        shown("'a b': \"c\\n\"  \n"),
        "{'a b'=!\"c\\n\"<\"c\\n\">}<'a b': \"c\\n\">"
    );
    assert_eq!(
        shown("[a, {b: c}]\n"),
        "[\"a\"<a> {b=\"c\"<c>}<{b: c}>]<[a, {b: c}]>"
    );
    assert_eq!(
        shown("- a\n- - b\n\n# end\n"),
        "[\"a\"<a> [\"b\"<b>]<- b>]<- a\n- - b>"
    );
}

#[test]
fn block_scalars_start_at_their_first_line() {
    let text = "a: |\n\n    one\n      two\nb: c\n";
    let Value::Mapping(entries) = tree(text).value else {
        unreachable!("the text is a mapping");
    };
    let (_, node) = &entries[0];
    assert_eq!(
        &text[node.span.start as usize..node.span.end as usize],
        "one\n      two"
    );
    assert_eq!(
        node.value,
        Value::Scalar {
            text: "\none\n  two\n".to_owned(),
            plain: false
        }
    );
}

#[test]
fn values_that_are_missing_cover_nothing() {
    assert_eq!(
        shown("a:\nb: {c: , d}\n"),
        "{a=\"\"<> b={c=\"\"<> d=\"\"<>}<{c: , d}>}<a:\nb: {c: , d}>"
    );
}

#[test]
fn columns_of_text_beyond_ascii_are_bytes() {
    assert_eq!(
        shown("名称: 中文 # 注\n'é': {x: \"😀\", y: z}\n"),
        "{名称=\"中文\"<中文> 'é'={x=!\"😀\"<\"😀\"> y=\"z\"<z>}<{x: \"😀\", y: z}>}<名称: 中文 # 注\n'é': {x: \"😀\", y: z}>"
    );
    assert_eq!(shown("\u{feff}a: é\n"), "{a=\"é\"<é>}<a: é>");
    assert_eq!(shown("é: a\r\n"), "{é=\"a\"<a>}<é: a>");
}

#[test]
fn problems_beyond_ascii_are_at_the_right_byte() {
    assert_eq!(
        problem("名: 中\n字: @x\n"),
        "14..15 not valid YAML: a value cannot start with this character; quote it"
    );
}

#[test]
fn keys_are_kept_as_often_as_written() {
    assert_eq!(
        shown("{a: b, a: c}"),
        "{a=\"b\"<b> a=\"c\"<c>}<{a: b, a: c}>"
    );
}

#[test]
fn aliases_repeat_the_node_and_its_place() {
    assert_eq!(
        shown("{a: &x [b], c: *x}"),
        "{a=[\"b\"<b>]<&x [b]> c=[\"b\"<b>]<&x [b]>}<{a: &x [b], c: *x}>"
    );
}

#[test]
fn aliases_cannot_grow_without_end() {
    let mut bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*l{}", level - 1);
        let items = [before.as_str(); 10].join(", ");
        bomb.push_str(&format!("l{level}: &l{level} [{items}]\n"));
    }
    assert!(problem(&bomb).contains("more than 200000 values, aliases included"));
    let long = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(1_000_000),
        vec!["*a"; 1000].join(", ")
    );
    assert!(problem(&long).contains("more than 200000 values, aliases included"));
    assert_eq!(problem("a: &x [*x]"), "7..9 an alias inside its own anchor");
}

#[test]
fn nesting_is_bounded() {
    let deep = |levels: usize| format!("{}x", "- ".repeat(levels));
    assert!(parse(FILE, &deep(MAX_DEPTH - 1)).is_ok());
    assert!(problem(&deep(MAX_DEPTH)).ends_with("nested more than 200 levels deep"));
    assert!(problem(&deep(50_000)).ends_with("nested more than 200 levels deep"));
    // The parser itself looks ahead into brackets, and has a bound of its own.
    assert!(problem(&"[".repeat(50_000)).ends_with("brackets nested too deeply"));
    let through_alias = format!(
        "a: &a {}x{}\nb: {}*a{}\n",
        "[".repeat(120),
        "]".repeat(120),
        "[".repeat(120),
        "]".repeat(120)
    );
    assert!(problem(&through_alias).ends_with("nested more than 200 levels deep"));
}

#[test]
fn one_document_is_all() {
    assert_eq!(parse(FILE, ""), Ok(None));
    assert_eq!(parse(FILE, "# nothing\n"), Ok(None));
    assert_eq!(parse(FILE, "---\n"), Ok(None));
    assert_eq!(shown("---\na: b\n...\n"), "{a=\"b\"<b>}<a: b>");
    assert!(problem("a: b\n---\nc: d\n").starts_with("5..8 a second document"));
    assert!(problem("a: b\n...\nc: d\n").starts_with("9..9 a second document"));
}

#[test]
fn keys_are_text() {
    assert_eq!(
        problem("? [a]\n: b\n"),
        "2..5 a key must be text, not a list"
    );
    assert_eq!(
        problem("{{a: b}: c}"),
        "1..7 a key must be text, not a mapping"
    );
}

#[test]
fn nothing_is_written_in_three_ways() {
    for empty in ["", "~", "null"] {
        let Value::Sequence(items) = tree(&format!("- {empty}\n- x\n")).value else {
            unreachable!("the text is a list");
        };
        assert_eq!(items[0].describe(), "nothing", "{empty}");
        assert_eq!(items[1].describe(), "text");
    }
    assert!(!tree("'null'").is_empty());
}
