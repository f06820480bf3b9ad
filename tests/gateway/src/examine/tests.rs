use alicloud_runtime::time::SystemClock;

use super::*;
use crate::script::Answer;

/// Numbers that look random and are the same in every run.
struct Noise(u64);

impl Noise {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    /// Words that mean something to the gateway, in no sensible order, with noise in between.
    fn text(&mut self) -> String {
        const WORDS: [&str; 32] = [
            "Action=",
            "StartDtsJob",
            "ConfigureSynchronizationJob",
            "&",
            "&",
            "=",
            "Version=2020-01-01",
            "Signature=",
            "SignatureMethod=HMAC-SHA1",
            "SignatureVersion=1.0",
            "AccessKeyId=testAccessKeyId",
            "Timestamp=",
            "SignatureNonce=",
            "Format=XML",
            "ACS3-HMAC-SHA256 ",
            "Credential=",
            "SignedHeaders=",
            ",",
            ";",
            "host;x-acs-date",
            "%",
            "%4",
            "%zz",
            "%FF",
            "+",
            ".",
            "..1",
            "PartitionKey.",
            "中🚀",
            "\u{0}",
            "{",
            "/?",
        ];
        let length = self.below(12);
        (0..length)
            .map(|_| WORDS[self.below(WORDS.len())])
            .collect()
    }
}

fn state() -> State {
    let catalog = Catalog::of_workspace().unwrap();
    State::new(catalog, Vec::new(), Arc::new(SystemClock))
}

#[test]
fn no_request_brings_it_down() {
    let (mut state, mut noise) = (state(), Noise(7));
    state.jobs = Some(crate::jobs::Jobs::default());
    state.recorder = Some(Recorder::new(20_000));
    for round in 0..20_000 {
        if round % 3 == 0 {
            state
                .scripts
                .push("StartDtsJob", Answer::usual().unverified(true));
        }
        let headers = [
            ("authorization", noise.text()),
            ("x-acs-action", noise.text()),
            ("x-acs-version", noise.text()),
            ("x-acs-date", noise.text()),
            (
                "content-type",
                "application/x-www-form-urlencoded".to_owned(),
            ),
        ];
        let kept = noise.below(6);
        let target = format!("/{}?{}", noise.text(), noise.text());
        let request = Request::new(
            "POST",
            &target,
            headers.into_iter().take(kept),
            noise.text(),
        );
        let reply = state.examine(&request, Ok(()));
        assert!((200..500).contains(&reply.status), "{}", reply.status);
    }
    assert_eq!(state.recorder.unwrap().all().len(), 20_000);
}

#[test]
fn a_name_of_very_many_parts_is_no_trouble() {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let target = "/?Action=StartDtsJob&Version=2020-01-01";
    let body = format!("PartitionKey{}=1", ".1".repeat(1 << 20));
    let request = Request::new("POST", target, form, body);
    assert_eq!(state().examine(&request, Ok(())).status, 400);
}
