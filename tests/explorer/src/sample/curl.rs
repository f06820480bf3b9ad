//! The call by curl, signed in the shell with `ACS3-HMAC-SHA256`: a script that works as it stands.

use alicloud_runtime::encode::{Pair, form_pairs, percent};
use alicloud_runtime::sign::v3::canonical_query;

use super::{Facts, shell};

const FORM: &str = "application/x-www-form-urlencoded";

/// The script. The key is read from the environment.
pub(super) fn curl(facts: &Facts<'_>) -> String {
    let (service, spec, wire) = (facts.entry.service, facts.entry.spec, &facts.wire);
    let query = canonical_query(&mut pairs(&wire.query));
    let mut form = pairs(&wire.form);
    form.sort_unstable();
    let (body, content_type) = match &wire.body {
        Some(body) => (body.clone(), Some("application/json; charset=utf-8")),
        None if form.is_empty() => (String::new(), None),
        None => (form_pairs(&form), Some(FORM)),
    };
    let method = format!("{:?}", spec.method).to_uppercase();
    let mut signed = vec![
        ("host", "$host"),
        ("x-acs-action", spec.name.value.as_str()),
        ("x-acs-content-sha256", "$hash"),
        ("x-acs-date", "$date"),
        ("x-acs-signature-nonce", "$nonce"),
        ("x-acs-version", service.version.value.as_str()),
    ];
    signed.extend(content_type.map(|content_type| ("content-type", content_type)));
    signed.sort_unstable();
    let names: Vec<_> = signed.iter().map(|(name, _)| *name).collect();
    let lines = signed
        .iter()
        .map(|(name, value)| format!("{name}:{value}\n"));
    let options = signed.iter().filter(|(name, _)| *name != "host");
    let mut options: Vec<_> = options
        .map(|(name, value)| format!("-H \"{name}: {value}\""))
        .collect();
    let own = wire.headers.iter();
    options.extend(own.map(|(name, value)| format!("-H {}", shell(&format!("{name}: {value}")))));
    if !body.is_empty() {
        options.push("--data-raw \"$body\"".to_owned());
    }
    let path = wire
        .path
        .split('/')
        .map(|segment| percent(segment).replace("%25", "%"));
    format!(
        "#!/bin/sh\n\
         # Reads ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET; needs openssl and curl.\n\
         set -eu\n\
         endpoint={}\n\
         path={}\n\
         query={}\n\
         body={}\n\n\
         sha256() {{ openssl dgst -sha256 -r \"$@\" | cut -d ' ' -f 1; }}\n\
         host=${{endpoint#*://}}\n\
         date=$(date -u +%Y-%m-%dT%H:%M:%SZ)\n\
         nonce=$(openssl rand -hex 16)\n\
         hash=$(printf %s \"$body\" | sha256)\n\
         canonical=\"{method}\n$path\n$query\n{}\n{}\n$hash\"\n\
         text=\"ACS3-HMAC-SHA256\n$(printf %s \"$canonical\" | sha256)\"\n\
         signature=$(printf %s \"$text\" | sha256 -hmac \"$ALIBABA_CLOUD_ACCESS_KEY_SECRET\")\n\n\
         curl -sS -X {method} \"$endpoint$path?$query\" \\\n  {} \\\n  \
         -H \"Authorization: ACS3-HMAC-SHA256 Credential=$ALIBABA_CLOUD_ACCESS_KEY_ID,SignedHeaders={},Signature=$signature\"\n",
        shell(&format!("https://{}", facts.host)),
        shell(&path.collect::<Vec<_>>().join("/")),
        shell(&query),
        shell(&body),
        lines.collect::<String>(),
        names.join(";"),
        options.join(" \\\n  "),
        names.join(";"),
    )
}

fn pairs(pairs: &[(String, String)]) -> Vec<Pair<'_>> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| (name.as_str().into(), value.as_str().into()))
        .collect()
}
