//! The files credentials are kept in.

use alicloud_runtime::credentials::{CliConfig, Ini};

/// Reading an ini file ends, an explanation repeats no word of the file, and no printout shows a value.
pub(super) fn ini(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match Ini::parse(text) {
        Ok(ini) => {
            silent(&format!("{ini:?}"), values(text));
            let section = ini.section("default");
            let value = section.and_then(|section| section.get("access_key_id"));
            assert!(value.is_none_or(|value| text.contains(value)));
        }
        Err(why) => silent(&why, text.split_whitespace()),
    }
}

/// What follows the first sign on each line, as far as it cannot be a part of anything else.
fn values(text: &str) -> impl Iterator<Item = &str> {
    let values = text.lines().filter_map(|line| line.split_once('='));
    values.map(|(_, value)| value.trim())
}

/// Reading the CLI's file ends, and an explanation repeats no word of it.
pub(super) fn cli_config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match CliConfig::parse(text) {
        Ok(config) => assert_ne!(config.current(), Some("")),
        Err(why) => silent(&why, text.split_whitespace()),
    }
}

/// Words that look like secrets, long ones with digits in them, are not in what is said.
fn silent<'w>(said: &str, words: impl Iterator<Item = &'w str>) {
    for word in words {
        let secret = word.len() > 12 && word.bytes().any(|byte| byte.is_ascii_digit());
        assert!(!secret || !said.contains(word), "{word:?} is in {said:?}");
    }
}
