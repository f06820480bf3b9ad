//! No text of a spec becomes code: whatever it says, the tokens of the output are those that a harmless text leads to,
//! and its documentation has no code block, no HTML and no link that a harmless text would not have.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod markdown;
mod specs;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use alicloud_codegen::emit::{self, Dependency};
use alicloud_codegen::regenerate::{Failure, model};
use proc_macro2::TokenStream;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use crate::markdown::{active, skeleton};
use crate::specs::{NAME_PIECES, PIECES, Words, specs, write};

/// Everything that is generated, by path.
fn generated(words: &Words) -> Result<BTreeMap<PathBuf, String>, Failure> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "2024-01-01", specs(words));
    let (_, model) = model(folder.path(), Path::new("specs"))?;
    let runtime = Dependency {
        path: "../runtime".into(),
        in_workspace: false,
    };
    let mut files = emit::root(&model, &runtime)?;
    for version in &model.versions {
        files.extend(emit::version(version)?);
    }
    Ok(files)
}

/// Marks that change the direction of writing or hide in it, and control characters.
fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Holds what comes of some words to what comes of harmless ones.
fn hold(words: &Words) {
    let files = match generated(words) {
        Ok(files) => files,
        Err(failure) => panic!("{:?} {:?}: {failure}", words.text, words.name),
    };
    let plain = generated(&Words::plain_like(words)).unwrap();
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        plain.keys().collect::<Vec<_>>()
    );
    for (path, text) in &files {
        let about = format!("{path:?}, {:?}, {:?}:\n{text}", words.text, words.name);
        assert_eq!(text.chars().find(|c| is_hidden(*c)), None, "{about}");
        if path.extension().is_some_and(|ending| ending == "toml") {
            assert_eq!(text, &plain[path]);
            continue;
        }
        assert!(syn::parse_file(text).is_ok(), "{about}");
        let tokens = |text: &str| text.parse::<TokenStream>().unwrap();
        let (ours, harmless) = (tokens(text), tokens(&plain[path]));
        same(&skeleton(ours.clone()), &skeleton(harmless.clone()), &about);
        let (ours, harmless) = (active(ours), active(harmless));
        // A sample that gets too long is left out.
        let known = |block: &String| harmless.code.contains(block);
        assert!(ours.code.iter().all(known), "{:?} {about}", ours.code);
        assert!(
            ours.foreign
                .iter()
                .all(|one| harmless.foreign.contains(one)),
            "{:?} {about}",
            ours.foreign
        );
    }
}

/// Fails with the place where two skeletons part.
fn same(ours: &str, harmless: &str, about: &str) {
    let pairs = ours.split(' ').zip(harmless.split(' '));
    let common = pairs.take_while(|(one, other)| one == other).count();
    let from = |text: &str| {
        let tail = text.split(' ').skip(common.saturating_sub(10)).take(30);
        tail.collect::<Vec<_>>().join(" ")
    };
    assert!(
        ours == harmless,
        "{}\n{}\n{about}",
        from(ours),
        from(harmless)
    );
}

fn words(text: &str, name: &str) -> Words {
    Words {
        text: text.into(),
        name: name.into(),
        code: name.into(),
    }
}

#[test]
fn no_piece_in_a_text_becomes_code() {
    for text in PIECES {
        hold(&words(text, "-"));
    }
}

/// A sentence that ended inside of a code span, and a line that was broken inside of one, let these out.
#[test]
fn no_span_is_torn() {
    hold(&words("` <b>`\n1.      fn evil() {}\n", "*/"));
    hold(&words("<script>evil()</script>", "<!--"));
}

#[test]
fn no_piece_in_a_name_becomes_code() {
    for name in NAME_PIECES {
        hold(&words("plain", name));
    }
}

#[test]
fn what_is_compared_is_there() {
    let files = generated(&words("plain", "-")).unwrap();
    let code: usize = files
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|(_, text)| active(text.parse().unwrap()).code.len())
        .sum();
    // The front page, an example for each operation, two for its walk and its states.
    assert!(code >= 4, "{code}");
    let evil = "//! ```\n//! evil();\n//! ```\n//! <b>\nfn f() { \"\" }"
        .parse()
        .unwrap();
    let found = active(evil);
    assert_eq!((found.code.len(), found.foreign.len()), (1, 1));
    assert_eq!(
        skeleton("/// a\nf(\"x\")".parse().unwrap()),
        skeleton("f(\"y\")".parse().unwrap())
    );
}

/// A text where it could do harm is refused.
#[test]
fn names_in_manifests_and_links_are_held_to_a_form() {
    for (key, value, about) in [
        ("product", "Ho\"st", "the product"),
        ("product", "a\nb = []", "the product"),
        ("version", "1\n2", "the version"),
        ("version", "1\u{202e}", "the version"),
        (
            "documentation",
            "https://a>\n```\nevil()\n```",
            "the documentation",
        ),
        ("documentation", "javascript:evil()", "the documentation"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut files = specs(&words("plain", "-"));
        files.get_mut("service").unwrap()[key] = value.into();
        let service = files.remove("service").unwrap();
        let version = folder.path().join("hostile/2024-01-01");
        std::fs::create_dir_all(&version).unwrap();
        std::fs::write(version.join("service.yaml"), service.to_string()).unwrap();
        match model(folder.path(), Path::new("specs")) {
            Err(Failure::Specs(problems)) => {
                assert!(
                    problems.iter().any(|problem| problem.contains(about)),
                    "{problems:#?}"
                );
            }
            other => panic!("{value:?}: {:?}", other.is_ok()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn no_mixture_becomes_code(
        texts in prop::collection::vec(prop_oneof![3 => select(PIECES).prop_map(str::to_owned), 1 => any::<String>()], 1..6),
        names in prop::collection::vec(select(NAME_PIECES), 1..4),
    ) {
        hold(&words(&texts.concat(), &names.concat()));
    }
}
