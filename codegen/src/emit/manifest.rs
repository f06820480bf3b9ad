//! The manifest of the generated crate: one feature per product version and per product, none on by default.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::Model;

/// How the generated crate depends on the runtime.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// The path to the runtime crate, with forward slashes.
    pub path: String,
    /// Whether the generated crate belongs to this workspace.
    pub in_workspace: bool,
}

/// Features that are the runtime's, and what each is good for.
pub(super) const FORWARDED: [(&str, &str); 7] = [
    (
        "rustls",
        "TLS by rustls, certificates verified by the platform; on by default",
    ),
    (
        "webpki-roots",
        "the same with Mozilla's root certificates compiled in, for images without any",
    ),
    ("gzip", "asks for compressed answers; on by default"),
    (
        "blocking",
        "a face without async: `block()` on everything that can be awaited",
    ),
    ("tracing", "a span per call and an event per attempt"),
    (
        "serde",
        "`Serialize` and `Deserialize` on answers; secrets are written as `[redacted]`",
    ),
    (
        "test-util",
        "scripted transports, manual clocks, made-up answers and errors, recordings",
    ),
];

/// The feature of the crate's own.
pub(super) const CLONE: (&str, &str) = (
    "clone",
    "`Clone` and `PartialEq` on answers, at about a third more to compile",
);

pub(super) fn manifest(model: &Model, runtime: &Dependency) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut text = format!("# {} from `api-specs`. Do not edit by hand.\n", super::MARK);
    let _ = write!(
        text,
        "\n[package]\nname = \"alicloud\"\ndescription = \"A typed client for Alibaba Cloud, generated from API specs\"\n\
         version = \"{version}\"\nedition = \"2024\"\nrust-version = \"1.85\"\nlicense = \"Apache-2.0\"\npublish = false\n"
    );
    if !runtime.in_workspace {
        text.push_str("\n# A workspace of its own, wherever this folder lies.\n[workspace]\n");
    }
    text.push_str("\n[features]\ndefault = [\"rustls\", \"gzip\"]\n");
    for (feature, about) in FORWARDED {
        let _ = writeln!(
            text,
            "# {about}\n{feature} = [\"alicloud-runtime/{feature}\"]"
        );
    }
    let _ = writeln!(text, "# {}\n{} = []", CLONE.1, CLONE.0);
    text.push_str("# products and their versions\n");
    for (feature, versions) in features(model) {
        let versions: Vec<_> = versions
            .iter()
            .map(|version| format!("\"{version}\""))
            .collect();
        // A dot in a bare key would be a step into a table.
        let key = if feature.contains('.') {
            toml_string(feature)
        } else {
            feature.to_owned()
        };
        let _ = writeln!(text, "{key} = [{}]", versions.join(", "));
    }
    let path = toml_string(&runtime.path);
    let _ = write!(
        text,
        "\n[dependencies]\nalicloud-runtime = {{ version = \"{version}\", path = {path}, default-features = false }}\n\
         \n[lints.rust]\nmissing_docs = \"warn\"\nunreachable_pub = \"warn\"\nunsafe_code = \"forbid\"\n\
         \n[lints.clippy]\n# A second name for `new` in every request would only be something more to compile.\n\
         new_without_default = \"allow\"\n\
         \n[package.metadata.docs.rs]\nall-features = true\n\
         rustdoc-args = [\"--cfg\", \"docsrs\"]\n"
    );
    text
}

/// Features of products and versions; a version's own is empty.
fn features(model: &Model) -> BTreeMap<&str, Vec<&str>> {
    let mut features: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for version in &model.versions {
        features
            .entry(&version.product_feature)
            .or_default()
            .push(&version.feature);
        features.entry(&version.feature).or_default();
    }
    features
}

fn toml_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::{CLONE, FORWARDED};
    use crate::model::names::feature;

    #[test]
    fn no_product_takes_a_feature_of_the_runtime() {
        for (name, _) in FORWARDED.iter().chain([&CLONE]) {
            assert_eq!(feature(name), format!("{name}_"));
        }
    }
}
