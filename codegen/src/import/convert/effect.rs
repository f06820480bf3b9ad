//! What an operation does to the world, which decides whether repeating it is safe.
//!
//! The tags lie in the dangerous direction: hundreds of operations that change things are tagged as reading. So an
//! operation counts as reading only when its name says so, at least one tag agrees, and none objects.

use serde_json::Value;

use super::super::metadata::value::{member, text};
use crate::model::names::words;
use crate::spec::Effect;

/// Verbs, by what they do.
const VERBS: &[(Effect, &[&str])] = &[
    (
        Effect::Read,
        &[
            "get", "list", "describe", "query", "search", "check", "count", "find", "lookup",
            "show", "exist", "exists", "is",
        ],
    ),
    (
        Effect::Create,
        &[
            "create", "add", "allocate", "purchase", "buy", "register", "copy", "clone", "insert",
            "import", "upload", "install",
        ],
    ),
    (
        Effect::Update,
        &[
            "update",
            "modify",
            "set",
            "configure",
            "config",
            "change",
            "edit",
            "enable",
            "disable",
            "attach",
            "detach",
            "bind",
            "unbind",
            "associate",
            "unassociate",
            "dissociate",
            "reset",
            "rename",
            "renew",
            "tag",
            "move",
            "transfer",
            "switch",
            "upgrade",
            "replace",
            "grant",
            "revoke",
            "authorize",
            "join",
            "leave",
            "assign",
            "unassign",
            "convert",
            "put",
            "save",
            "apply",
            "refresh",
            "rotate",
            "resize",
            "patch",
        ],
    ),
    (
        Effect::Delete,
        &[
            "delete",
            "remove",
            "release",
            "destroy",
            "drop",
            "purge",
            "clear",
            "untag",
            "uninstall",
            "deregister",
            "unregister",
        ],
    ),
    (
        Effect::Start,
        &[
            "start", "run", "resume", "execute", "launch", "restart", "reboot", "trigger",
            "submit", "invoke",
        ],
    ),
    (
        Effect::Stop,
        &[
            "stop",
            "suspend",
            "pause",
            "cancel",
            "terminate",
            "abort",
            "kill",
        ],
    ),
];

/// The effect of an operation, by its name and both of its tags.
pub(super) fn effect(name: &str, node: &Value) -> Effect {
    match by_name(name) {
        Effect::Read if !is_tagged_as_reading(node) => Effect::Other,
        effect => effect,
    }
}

/// The effect that the name of an operation tells.
pub(in crate::import) fn by_name(name: &str) -> Effect {
    let verb = verb(name);
    let mut known = VERBS.iter();
    let found = known.find(|(_, verbs)| verbs.contains(&verb.as_str()));
    found.map_or(Effect::Other, |(effect, _)| *effect)
}

/// The first word; the second after `Batch`, which is none.
fn verb(name: &str) -> String {
    let mut words = words(name).into_iter();
    let first = words.next().unwrap_or_default();
    if first == "batch" {
        words.next().unwrap_or_default()
    } else {
        first
    }
}

fn is_tagged_as_reading(node: &Value) -> bool {
    let system = member(node, "systemTags").and_then(|tags| text(tags, "operationType"));
    let tags = [text(node, "operationType"), system];
    let says = |words: &[&str]| tags.iter().flatten().any(|tag| words.contains(tag));
    says(&["read", "get", "list"]) && !says(&["write", "create", "update", "delete"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, operation_type: &str, system: &str) -> Effect {
        let node = serde_json::json!({"operationType": operation_type, "systemTags": {"operationType": system}});
        effect(name, &node)
    }

    #[test]
    fn reading_takes_a_name_and_a_tag() {
        assert_eq!(of("DescribeJobs", "read", "get"), Effect::Read);
        assert_eq!(of("DescribeJobs", "readAndWrite", "list"), Effect::Read);
        assert_eq!(of("BatchGetJobs", "read", ""), Effect::Read);
        assert_eq!(of("DescribeJobs", "", ""), Effect::Other);
        assert_eq!(of("DescribeJobs", "read", "update"), Effect::Other);
        assert_eq!(of("DescribeJobs", "write", "get"), Effect::Other);
        assert_eq!(of("KillProcess", "read", "get"), Effect::Stop);
        assert_eq!(of("StartDtsJob", "read", "update"), Effect::Start);
        assert_eq!(of("Reticulate", "read", "get"), Effect::Other);
    }
}
