//! The call by the official command line tool, `aliyun`.

use std::fmt::Write as _;

use super::{Facts, shell};

/// The command. `--force` with a version makes the tool pass on what its own metadata may lack.
pub(super) fn cli(facts: &Facts<'_>) -> String {
    let (service, spec) = (facts.entry.service, facts.entry.spec);
    let wire = &facts.wire;
    let mut out = format!("aliyun {} ", shell(&service.folder));
    if service.roa {
        let method = format!("{:?}", spec.method).to_uppercase();
        let _ = write!(out, "{method} {}", shell(&wire.path));
    } else {
        out.push_str(&shell(&spec.name.value));
    }
    let version = shell(&service.version.value);
    let _ = write!(
        out,
        " \\\n  --region {} --version {version} --force",
        shell(&facts.region)
    );
    for (name, value) in wire.query.iter().chain(&wire.form) {
        let _ = write!(out, " \\\n  --{} {}", shell(name), shell(value));
    }
    for (name, value) in &wire.headers {
        let _ = write!(out, " \\\n  --header {}", shell(&format!("{name}={value}")));
    }
    if let Some(body) = &wire.body {
        let _ = write!(out, " \\\n  --body {}", shell(body));
    }
    out
}
