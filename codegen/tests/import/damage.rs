//! Metadata that was damaged: whatever it says, an import comes to an end, and what it writes can be loaded.

use alicloud_codegen::import::translate;
use serde_json::{Value, json};

use crate::{CALLS, RESOURCES, import_into, problems, source};

/// Numbers that look random and are the same on every run (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
        self.0 = self
            .0
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }

    /// Something that is not what was there.
    fn junk(&mut self) -> Value {
        let junk = [
            json!(null),
            json!(true),
            json!(-1),
            json!(1.5e300),
            json!(""),
            json!(" "),
            json!("a\nb: *c"),
            json!("{"),
            json!("object"),
            json!("array"),
            json!("query"),
            json!("#/components/schemas/Tag"),
            json!([]),
            json!([null, 1, "x", {}]),
            json!({}),
            json!({"type": "object", "properties": {"": {"type": "string"}, "A": 1}}),
            json!({"$ref": "#/components/schemas/Words"}),
            json!({"a.b": {"x": []}, "a": "b"}),
        ];
        junk[self.below(junk.len())].clone()
    }

    /// Changes something somewhere in a value.
    fn damage(&mut self, value: &mut Value) {
        let inner = match value {
            Value::Array(items) => items.len(),
            Value::Object(members) => members.len(),
            _ => 0,
        };
        if inner == 0 || self.below(12) == 0 {
            *value = self.junk();
            return;
        }
        let at = self.below(inner);
        match value {
            Value::Array(items) => match self.below(12) {
                0 => drop(items.remove(at)),
                1 => items.push(items[at].clone()),
                _ => self.damage(&mut items[at]),
            },
            Value::Object(members) => {
                let key = members.keys().nth(at).unwrap().clone();
                match self.below(12) {
                    0 => drop(members.remove(&key)),
                    1 => {
                        let taken = members.remove(&key).unwrap();
                        members.insert(format!("{key}$"), taken);
                    }
                    _ => self.damage(&mut members[&key]),
                }
            }
            _ => {}
        }
    }
}

#[test]
fn is_survived_whatever_it_is() {
    let mut numbers = Numbers(20_251_219);
    let mut imported = 0;
    for text in [CALLS, RESOURCES] {
        let original: Value = serde_json::from_str(text).unwrap();
        for round in 0..400 {
            let mut damaged = original.clone();
            for _ in 0..=numbers.below(6) {
                numbers.damage(&mut damaged);
            }
            // Without its head a file is refused, which is quickly tried.
            if round % 10 != 0 && damaged.is_object() {
                damaged["info"] = original["info"].clone();
            }
            let text = damaged.to_string();
            if translate(&source(&text), round % 2 == 0).is_err() {
                continue;
            }
            let specs = tempfile::tempdir().unwrap();
            import_into(specs.path(), &text);
            assert_eq!(problems(specs.path()), "", "{text}");
            imported += 1;
        }
    }
    // Most damage leaves something to import; if it did not, nothing would have been tried.
    assert!(imported > 400, "{imported}");
}

#[test]
fn is_survived_where_the_text_ends_early() {
    for end in (0..CALLS.len()).step_by(97) {
        if CALLS.is_char_boundary(end) {
            assert!(translate(&source(&CALLS[..end]), true).is_err());
        }
    }
}
