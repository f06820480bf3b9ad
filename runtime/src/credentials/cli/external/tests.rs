//! Programs that answer, fail, hang and talk too much.

use super::*;
use crate::credentials::testing::{NOW, Script, at, block_on};
use crate::time::{Clock as _, SystemClock};

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

fn external(profile: &Profile, file: &str) -> External {
    let config = CliConfig::parse(file).unwrap();
    let setup = Setup {
        environment: crate::credentials::Environment::of([("", "")]),
        ..Setup::default()
    };
    let modes = Modes {
        config: &config,
        setup: &setup,
        file: std::path::Path::new("config.json"),
    };
    External::new(profile, &modes, &["p".to_owned()], "cli_profile/").unwrap()
}

/// A program that prints a text.
#[cfg(unix)]
fn printing(text: &str) -> External {
    let profile = Profile {
        process_command: Some(Secret::new(format!("printf %s '{text}'"))),
        ..Profile::default()
    };
    let file = r#"{"profiles": [{"name": "base", "mode": "AK", "access_key_id": "b", "access_key_secret": "s"},
        {"name": "third", "mode": "ChainableRamRoleArn", "source_profile": "p", "ram_role_arn": "r"},
        {"name": "p", "mode": "External", "process_command": "false"}]}"#;
    external(&profile, file)
}

#[test]
fn an_end_that_cannot_be_read_is_not_known() {
    for end in ["soon", "hunter2", "2024-05-06", "-1"] {
        let text =
            format!(r#"{{"access_key_id": "i", "access_key_secret": "s", "expiration": "{end}"}}"#);
        assert_eq!(printed(&text).unwrap().expiration(), None);
    }
}

#[cfg(unix)]
#[test]
fn a_profile_that_is_printed_is_used_as_one_of_the_file() {
    let script = Script::of([
        crate::credentials::testing::sts_answer("a", NOW + 3600),
        crate::credentials::testing::sts_answer("b", NOW + 3600),
    ]);
    let (context, _) = script.context();
    for (text, key, asked_for) in [
        (
            r#"{"mode": "RamRoleArn", "access_key_id": "i", "access_key_secret": "s", "ram_role_arn": "acs:ram::1:role/r"}"#,
            "STS.a",
            Some("AccessKeyId=i&"),
        ),
        (
            r#"{"mode": "ChainableRamRoleArn", "source_profile": "base", "ram_role_arn": "acs:ram::1:role/r"}"#,
            "STS.b",
            Some("AccessKeyId=b&"),
        ),
        (
            r#"{"mode": "AK", "access_key_id": "i", "access_key_secret": "s"}"#,
            "i",
            None,
        ),
        (
            r#"{"access_key_id": "i", "access_key_secret": "s"}"#,
            "i",
            None,
        ),
    ] {
        let got = block_on(printing(text).credentials(&context)).unwrap();
        assert_eq!(
            (got.access_key_id(), got.provider()),
            (key, "cli_profile/external")
        );
        if let Some(asked_for) = asked_for {
            let requests = script.requests();
            let url = &requests.last().unwrap().url;
            assert!(
                url.contains(asked_for) && url.contains("RoleArn=acs"),
                "{url}"
            );
        }
    }
    assert_eq!(script.requests().len(), 2);
    for (text, reason) in [
        (
            r#"{"mode": "External", "process_command": "hunter2"}"#,
            "\"External\"",
        ),
        (
            r#"{"mode": "OAuth", "oauth_refresh_token": "hunter2"}"#,
            "\"OAuth\"",
        ),
        (
            r#"{"mode": "Unheard", "access_key_id": "hunter2"}"#,
            "\"Unheard\": this mode is not supported",
        ),
        (
            r#"{"mode": "ChainableRamRoleArn", "source_profile": "p", "ram_role_arn": "hunter2"}"#,
            "each other's source: p -> p",
        ),
        (
            r#"{"mode": "ChainableRamRoleArn", "source_profile": "third", "ram_role_arn": "hunter2"}"#,
            "each other's source: p -> third -> p",
        ),
        (
            r#"{"mode": "RamRoleArn", "access_key_id": "i", "access_key_secret": "hunter2"}"#,
            "ram_role_arn is missing",
        ),
    ] {
        let why = block_on(printing(text).credentials(&context))
            .unwrap_err()
            .to_string();
        assert!(why.contains(reason) && !why.contains("hunter2"), "{why}");
    }
}

/// The program is over at once; what it left behind would hold its output open for half a minute.
#[cfg(unix)]
#[test]
fn a_program_is_read_until_it_exits_and_takes_its_children_along() {
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let command = format!(
        r#"sh -c 'sleep 30 & echo $! > {}; printf "{{\"access_key_id\":\"i\"}}"'"#,
        pid.display()
    );
    let begun = SystemClock.monotonic();
    let output = process::output_within(&command, std::time::Duration::from_secs(20)).unwrap();
    assert_eq!(output, br#"{"access_key_id":"i"}"#);
    let took = SystemClock.monotonic() - begun;
    assert!(took < std::time::Duration::from_secs(10), "{took:?}");
    let pid = std::fs::read_to_string(&pid).unwrap();
    let alive = || {
        let status = std::process::Command::new("kill")
            .args(["-0", pid.trim()])
            .stderr(std::process::Stdio::null())
            .status();
        // Until somebody has looked at how it ended, what is dead still has its number.
        let state =
            std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
        status.unwrap().success() && !state.contains(") Z ")
    };
    for _ in 0..100 {
        if !alive() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("the child lives on");
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
        let external = external(&profile, "{}");
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
