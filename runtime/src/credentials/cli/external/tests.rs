//! Programs that answer, fail, hang and talk too much.

use super::*;
use crate::credentials::testing::{NOW, Script, at, block_on};

fn printed(text: &str) -> Result<Credentials, CredentialsError> {
    read::<Printed>(WHAT, &text.to_owned().into())?.credentials("external")
}

#[test]
fn what_is_printed_is_read() {
    let text = r#"{"mode": "StsToken", "access_key_id": "i", "access_key_secret": "s", "sts_token": "t",
        "expiration": "2024-05-06T20:53:20+08:00"}"#;
    let expected = Credentials::new("i", "s")
        .with_security_token("t")
        .with_expiration(at(NOW))
        .with_provider("external");
    assert_eq!(printed(text), Ok(expected));
}

#[test]
fn what_is_wrong_is_said_without_repeating_it() {
    for (text, reason) in [
        ("hunter2", "the answer cannot be read"),
        (
            r#"{"access_key_secret": "hunter2"}"#,
            "it printed no access_key_id",
        ),
        (
            r#"{"access_key_id": "i", "access_key_secret": ""}"#,
            "it printed no access_key_secret",
        ),
        (
            r#"{"mode": "StsToken", "access_key_id": "i", "access_key_secret": "hunter2"}"#,
            "it printed no sts_token",
        ),
        (
            r#"{"access_key_id": "i", "access_key_secret": "hunter2", "expiration": "hunter2"}"#,
            "the expiration it printed is no time",
        ),
    ] {
        let why = printed(text).unwrap_err().to_string();
        assert!(why.contains(reason) && !why.contains("hunter2"), "{why}");
    }
}

#[cfg(unix)]
#[test]
fn a_program_is_run_for_every_use_unless_it_names_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let script = |end: &str| {
        format!(
            "sh -c 'echo x >> \"$0\"; printf \"{{\\\"access_key_id\\\":\\\"i\\\",\\\"access_key_secret\\\":\\\"s\\\"{end}}}\"' {}",
            log.display()
        )
    };
    let (context, _) = Script::default().context();
    let end = r#",\"expiration\":\"2024-05-06T13:53:20Z\""#;
    for (end, lines) in [("", 2), (end, 3)] {
        let profile = Profile {
            process_command: Some(Secret::new(script(end))),
            ..Profile::default()
        };
        let external = External::new(&profile, "cli_profile/").unwrap();
        let cached = crate::credentials::CachedCredentials::new(external);
        for _ in 0..2 {
            let key = block_on(cached.credentials(&context)).unwrap();
            assert_eq!(
                (key.access_key_id(), key.provider()),
                ("i", "cli_profile/external")
            );
        }
        let log = std::fs::read_to_string(&log).unwrap();
        assert_eq!(log.lines().count(), lines);
    }
}

#[cfg(unix)]
#[test]
fn a_program_that_fails_is_explained() {
    let short = std::time::Duration::from_millis(100);
    for (command, reason) in [
        (
            "/no/such/program --password hunter2",
            "it cannot be started",
        ),
        (
            "sh -c 'echo hunter2 >&2; exit 3'",
            "it failed (exit status: 3)",
        ),
        ("sleep 30", "it did not end within 0 seconds"),
        ("get 'hunter2", "a quote in process_command is left open"),
        ("''''", "it cannot be started"),
    ] {
        let why = process::output_within(command, short).unwrap_err();
        assert!(why.contains(reason) && !why.contains("hunter2"), "{why}");
    }
}

#[cfg(unix)]
#[test]
fn much_output_is_cut_and_does_not_block_the_program() {
    let limit = std::time::Duration::from_secs(20);
    let command = "sh -c 'head -c 3000000 /dev/zero || true'";
    assert_eq!(
        process::output_within(command, limit).unwrap().len(),
        1 << 20
    );
}
