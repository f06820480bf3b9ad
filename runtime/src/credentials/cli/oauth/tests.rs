//! A login that is used, renewed and written back.

use super::*;
use crate::credentials::CachedCredentials;
use crate::credentials::testing::{NOW, Reply, Script, block_on};

struct Login {
    folder: tempfile::TempDir,
    script: Script,
}

impl Login {
    fn new(members: &str, replies: Vec<Reply>) -> Self {
        let login = Self {
            folder: tempfile::tempdir().unwrap(),
            script: Script::of(replies),
        };
        let text = format!(
            r#"{{"profiles": [{{"name": "p", "mode": "OAuth", "oauth_site_type": "CN", "oauth_refresh_token": "rt", {members}}}], "kept": 1}}"#
        );
        std::fs::write(login.file(), text).unwrap();
        login
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("config.json")
    }

    fn provider(&self) -> CachedCredentials<OAuth> {
        let text = std::fs::read_to_string(self.file()).unwrap();
        let config = CliConfig::parse(&text).unwrap();
        let profile = config.profile("p").unwrap();
        CachedCredentials::new(OAuth::new(profile, &self.file(), "").unwrap())
    }

    fn after(&self) -> serde_json::Value {
        let text = std::fs::read_to_string(self.file()).unwrap();
        let after: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(after["kept"], 1);
        after["profiles"][0].clone()
    }
}

fn key(name: &str) -> Reply {
    Reply::json(&format!(
        r#"{{"AccessKeyId": "{name}", "AccessKeySecret": "s", "SecurityToken": "t", "Expiration": "2024-05-06T13:53:20Z"}}"#
    ))
}

fn stored(expires: u64) -> String {
    format!(
        r#""access_key_id": "stored", "access_key_secret": "s", "sts_token": "t", "sts_expiration": {expires},
            "oauth_access_token": "at", "oauth_access_token_expire": {}"#,
        NOW + 4000
    )
}

#[test]
fn a_key_in_the_file_is_used_while_it_is_good() {
    let login = Login::new(&stored(NOW + 181), vec![]);
    let (context, _) = login.script.context();
    let served = block_on(login.provider().credentials(&context)).unwrap();
    assert_eq!(
        (served.access_key_id(), served.provider()),
        ("stored", "oauth")
    );

    let login = Login::new(&stored(NOW + 180), vec![key("new")]);
    let (context, _) = login.script.context();
    let served = block_on(login.provider().credentials(&context)).unwrap();
    assert_eq!(served.access_key_id(), "new");
    assert_eq!(login.after()["access_key_id"], "new");
    assert_eq!(login.after()["sts_expiration"], NOW + 3600);
}

#[test]
fn a_key_that_was_refused_is_not_taken_from_the_file_again() {
    let login = Login::new(&stored(NOW + 3600), vec![key("new")]);
    let (context, _) = login.script.context();
    let provider = login.provider();
    let served = block_on(provider.credentials(&context)).unwrap();
    assert!(provider.refused(&served));
    let served = block_on(provider.credentials(&context)).unwrap();
    assert_eq!(served.access_key_id(), "new");
}

#[test]
fn tokens_near_their_end_are_renewed_and_written_back() {
    let members = format!(
        r#""oauth_access_token": "at", "oauth_access_token_expire": {}"#,
        NOW + 1200
    );
    let tokens = r#"{"access_token": "at2", "refresh_token": "rt2", "expires_in": 7200}"#;
    // The exchange fails at first: the new tokens must have been written already.
    let replies = vec![
        Reply::json(tokens),
        Reply::Answer(500, String::new()),
        Reply::Answer(502, String::new()),
        Reply::Answer(500, String::new()),
        key("new"),
    ];
    let login = Login::new(&members, replies);
    let (context, _) = login.script.context();
    let provider = login.provider();
    let why = block_on(provider.credentials(&context))
        .unwrap_err()
        .to_string();
    assert_eq!(why, "OAuth: HTTP 500");
    let after = login.after();
    assert_eq!(after["oauth_access_token"], "at2");
    assert_eq!(after["oauth_refresh_token"], "rt2");
    assert_eq!(after["oauth_access_token_expire"], NOW + 7200);
    block_on(provider.credentials(&context)).unwrap();

    let sent = login.script.requests();
    assert_eq!(sent[0].url, "https://oauth.aliyun.com/v1/token");
    assert_eq!(
        &sent[0].body[..],
        b"grant_type=refresh_token&refresh_token=rt&client_id=4038181954557748008&Timestamp=2024-05-06T12%3A53%3A20Z"
    );
    assert_eq!(sent[2].url, "https://oauth.aliyun.com/v1/exchange");
    assert!(
        sent[2]
            .headers
            .contains(&("authorization".into(), "Bearer at2".into()))
    );
    assert_eq!(login.after()["access_key_id"], "new");
    let left: Vec<_> = std::fs::read_dir(login.folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_file_that_cannot_be_written_costs_nothing_but_the_memory() {
    let tokens = r#"{"access_token": "at2", "refresh_token": "rt2", "expires_in": 7200}"#;
    let login = Login::new(r#""x": 1"#, vec![Reply::json(tokens), key("a"), key("b")]);
    let (context, clock) = login.script.context();
    let provider = login.provider();
    std::fs::remove_file(login.file()).unwrap();
    block_on(provider.credentials(&context)).unwrap();
    clock.set(NOW + 3000);
    block_on(provider.credentials(&context)).unwrap();
    let urls: Vec<_> = login
        .script
        .requests()
        .into_iter()
        .map(|sent| sent.url)
        .collect();
    assert!(
        urls[0].ends_with("token")
            && urls[1].ends_with("exchange")
            && urls[2].ends_with("exchange")
    );
}

#[test]
fn a_refusal_shows_no_token() {
    let refusal =
        r#"{"error": "invalid_grant", "error_description": "refresh token rt is used up"}"#;
    let login = Login::new(r#""x": 1"#, vec![Reply::Answer(400, refusal.into())]);
    let (context, _) = login.script.context();
    let provider = login.provider();
    let why = block_on(provider.credentials(&context))
        .unwrap_err()
        .to_string();
    assert_eq!(
        why,
        "OAuth, renewing the login: HTTP 400, invalid_grant: refresh token [redacted] is used up"
    );
    assert!(!format!("{provider:?}").contains("rt\""));
}

#[cfg(unix)]
#[test]
fn the_file_keeps_its_permissions_and_a_link_stays_one() {
    use std::os::unix::fs::PermissionsExt as _;

    let login = Login::new(&stored(0), vec![key("new")]);
    let link = login.folder.path().join("link.json");
    std::os::unix::fs::symlink(login.file(), &link).unwrap();
    std::fs::set_permissions(login.file(), std::fs::Permissions::from_mode(0o640)).unwrap();
    edit::write(&link, "p", &[("access_key_id", "new".into())], "mark").unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(login.after()["access_key_id"], "new");
    let mode = std::fs::metadata(login.file())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn many_providers_of_a_login_change_it_once() {
    let members = format!(
        r#""oauth_access_token": "at", "oauth_access_token_expire": {}"#,
        NOW + 4000
    );
    let login = Login::new(&members, vec![Reply::Never, key("new")]);
    let (context, _) = login.script.context();
    let providers: Vec<_> = (0..8).map(|_| login.provider()).collect();
    // All ask while the first request is under way.
    let mut waiting: Vec<_> = providers
        .iter()
        .map(|provider| provider.credentials(&context))
        .collect();
    for waiting in &mut waiting {
        assert!(crate::credentials::testing::poll_once(waiting).is_pending());
    }
    assert_eq!(login.script.requests().len(), 1);
    drop(waiting);
    // Whoever comes first changes it for all; the others find the key in the file.
    for provider in &providers {
        let served = block_on(provider.credentials(&context)).unwrap();
        assert_eq!(served.access_key_id(), "new");
    }
    assert_eq!(login.script.requests().len(), 2);
    assert!(!login.folder.path().join("config.json.lock").exists());
}

#[test]
fn another_program_that_changes_the_login_is_waited_for() {
    let members = format!(
        r#""oauth_access_token": "at", "oauth_access_token_expire": {}"#,
        NOW + 4000
    );
    let login = Login::new(&members, vec![]);
    let (context, _) = login.script.context();
    let provider = login.provider();
    let turn = login.file().with_extension("json.lock");
    std::fs::write(&turn, "").unwrap();
    let file = login.file();
    let changed = Login::new(&stored(NOW + 3600), vec![]);
    let text = std::fs::read_to_string(changed.file()).unwrap();
    let other = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(120));
        std::fs::write(file, text).unwrap();
        std::fs::remove_file(turn).unwrap();
    });
    let served = block_on(provider.credentials(&context)).unwrap();
    assert_eq!(served.access_key_id(), "stored");
    assert!(login.script.requests().is_empty());
    other.join().unwrap();
}
