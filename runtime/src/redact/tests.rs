//! Secrets in every spelling, and texts that must stay as they are.

use super::*;

/// With everything in them that some encoding writes in another way, and what looks like an escape.
const SECRETS: [&str; 6] = [
    "hunter/2+pass word&=",
    "<\"it's\">&\\n%41\\u0041;&#65;",
    "密码-pässwörd-🔑/\\",
    "LTAIs3cr3t/Key+With==",
    "-----BEGIN KEY-----\nMIIEvAIBADANBgkqhkiG9w0B\nAQEFAASC\n-----END KEY-----",
    "p%w0\\",
];

fn percent(text: &str, plain: impl Fn(u8) -> bool, upper: bool) -> String {
    let escape = |byte: u8| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte if upper => format!("%{byte:02X}"),
        byte => format!("%{byte:02x}"),
    };
    text.bytes().map(escape).collect()
}

fn unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte)
}

fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    quoted[1..quoted.len() - 1].to_owned()
}

fn units(text: &str) -> String {
    text.encode_utf16()
        .map(|unit| format!("\\u{unit:04x}"))
        .collect()
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

type Spelling = fn(&str) -> String;

const SPELLINGS: [(&str, Spelling); 15] = [
    ("raw", str::to_owned),
    ("percent", |text| percent(text, unreserved, true)),
    ("percent, lower case", |text| {
        percent(text, unreserved, false)
    }),
    ("all percent", |text| percent(text, |_| false, true)),
    ("form", |text| {
        percent(text, |byte| unreserved(byte) || byte == b' ', true).replace(' ', "+")
    }),
    ("JSON", json),
    ("JSON with escaped slashes", |text| {
        json(text).replace('/', "\\/")
    }),
    ("JSON in units", units),
    ("XML", xml),
    ("XML in decimal", |text| {
        text.chars()
            .map(|c| format!("&#{};", u32::from(c)))
            .collect()
    }),
    ("XML in hexadecimal", |text| {
        text.chars()
            .map(|c| format!("&#x{:X};", u32::from(c)))
            .collect()
    }),
    ("Rust", |text| text.escape_unicode().to_string()),
    ("Debug", |text| text.escape_debug().to_string()),
    ("upper case", |text| {
        text.to_uppercase().replace("Ä", "ä").replace("Ö", "ö")
    }),
    ("wrapped", |text| {
        let lines: Vec<_> = text.chars().map(String::from).collect();
        lines.join(
            "
",
        )
    }),
];

fn holding(secrets: &[&str]) -> Redactor {
    let mut redactor = Redactor::new();
    secrets.iter().for_each(|secret| redactor.hold(secret));
    redactor
}

/// Everything but the frame is gone.
fn assert_hidden(redactor: &Redactor, spelling: &str, echo: &str) {
    for (before, after) in [
        ("", ""),
        ("The value '", "' is bad"),
        ("GET /?Name=", "&Next=1 not found"),
        ("{\"v\":\"", "\",\"next\":1}"),
        ("<td>", "</td>"),
        ("值：", "。"),
        ("", "; AND MORE"),
    ] {
        let text = format!("{before}{echo}{after}");
        let shown = redactor.hide(&text);
        let rest = shown
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after));
        let rest = rest.unwrap_or_else(|| panic!("{spelling}: {shown} of {text}"));
        assert_eq!(rest.trim_end(), REDACTED, "{spelling}: {text}");
    }
}

#[test]
fn secrets_go_in_every_spelling_and_in_spellings_of_spellings() {
    for secret in SECRETS {
        let redactor = holding(&[secret]);
        for (outer, spell_again) in SPELLINGS {
            for (inner, spell) in SPELLINGS {
                let echo = spell_again(&spell(secret));
                // Escapes in upper case or with line breaks in them are none, and so is what looks like one in a secret.
                let plain = |spelling| spelling != "upper case" && spelling != "wrapped";
                if plain(inner) && plain(outer) || [inner, outer].contains(&"raw") {
                    assert_hidden(&redactor, &format!("{inner}, {outer}: {secret}"), &echo);
                }
            }
        }
    }
}

#[test]
fn a_url_encoded_twice_in_json_in_a_page_is_read() {
    let secret = SECRETS[0];
    let twice = percent(&percent(secret, unreserved, true), unreserved, true);
    let echo = xml(&json(&json(&twice)));
    assert_hidden(&holding(&[secret]), "all of it", &echo);
}

#[test]
fn pieces_and_beginnings_of_secrets_go_where_a_text_is_cut() {
    let redactor = holding(&[
        "CAISrAF1q6Ft5B2yfSjIr5fbIMznx75F",
        "hunter/two",
        "testAccessKeySecret",
    ]);
    for (text, shown) in [
        (
            "token AF1q6Ft5B2yfSjIr5fbIM is bad",
            "token [redacted] is bad",
        ),
        ("GET /x/hunter%2Ft", "GET /x/[redacted]"),
        ("GET /x/hunter%2", "GET /x/[redacted]%2"),
        (
            "GET /x/hunter... was not found",
            "GET /x/[redacted]... was not found",
        ),
        ("GET /x/hunter%2F\u{2026}", "GET /x/[redacted]\u{2026}"),
        // A few letters are met by chance, and so are words.
        ("/x/hunte", "/x/hunte"),
        ("the access key secret", "the access key secret"),
        ("a hunter", "a [redacted]"),
        ("hunters in the house", "hunters in the house"),
    ] {
        assert_eq!(redactor.hide(text), shown, "{text}");
    }
}

#[test]
fn escapes_may_be_cut_short() {
    let redactor = holding(&["hunter/two three"]);
    for cut in [
        "%", "%2", "\\", "\\u", "\\u002", "&", "&#", "&#4", "&#x2", "&so",
    ] {
        let text = format!("no /x/hunter{cut}");
        assert_eq!(redactor.hide(&text), format!("no /x/[redacted]{cut}"));
    }
    assert_eq!(redactor.hide("hunter&#47two&#x20;three"), REDACTED);
}

#[test]
fn base64_and_hexadecimal_of_secrets_go_wherever_the_secret_stands_in_it() {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    let redactor = holding(&["hunter/two three?~"]);
    for before in ["", "a", "ab", "user:"] {
        for inner in ["hunter/two three?~", "hunter%2Ftwo%20three%3F~"] {
            let page = format!("{before}{inner} and so on");
            let digits: String = page.bytes().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(redactor.hide(&format!("0x {digits}")), "0x [redacted]");
            let json = STANDARD
                .encode(&page)
                .replace('/', "\\/")
                .replace('=', "\\u003d");
            for run in [
                STANDARD.encode(&page).trim_end_matches('=').to_owned(),
                URL_SAFE_NO_PAD.encode(&page),
                json.trim_end_matches("\\u003d").to_owned(),
            ] {
                for (frame, rest) in [("said: ", "said: "), ("of /a/", "of ")] {
                    let text = format!("{frame}{run}.");
                    let shown = redactor.hide(&text);
                    assert_eq!(shown, format!("{rest}[redacted]."), "{page}");
                }
            }
        }
    }
    let text = "0C0B4F5E-7A3C-5E1B-9A0C-1D2E3F405162 /clusters/nodes/deadbeefdeadbeef";
    assert_eq!(redactor.hide(text), text);
}

#[test]
fn short_secrets_go_as_words() {
    let redactor = holding(&["abc", "p&", "7", "", " "]);
    for (text, shown) in [
        (
            "abc: 'abc', abc&x, x%3Dabc%26",
            "[redacted]: '[redacted]', [redacted]&x, x%3D[redacted]%26",
        ),
        ("abcd xabc", "abcd xabc"),
        ("v=p%26&w", "v=[redacted]&w"),
        ("7 of 7 seats", "7 of 7 seats"),
    ] {
        assert_eq!(redactor.hide(text), shown, "{text}");
    }
}

#[test]
fn values_beside_the_name_of_a_secret_go() {
    let mut redactor = Redactor::new();
    redactor.hold_name("Phrase");
    for (text, shown) in [
        (
            "GET /?Password=a%26b&Next=1",
            "GET /?Password=[redacted]&Next=1",
        ),
        ("x%26db_pwd%3Dabc%26y", "x%26db_pwd%3D[redacted]%26y"),
        (
            "jdbc:mysql://h/db?user=u&password=p&ssl=1",
            "jdbc:mysql://h/db?user=u&password=[redacted]&ssl=1",
        ),
        (
            "jdbc:sqlserver://h;password={a;b};x=1",
            "jdbc:sqlserver://h;password={[redacted]};x=1",
        ),
        (
            "jdbc:oracle:thin:scott/tiger@//h:1521/s",
            "jdbc:oracle:thin:[redacted]@//h:1521/s",
        ),
        (
            "https://user:pa/ss@h.example.com/x",
            "https://[redacted]@h.example.com/x",
        ),
        (
            "see https://h:8080/a@b and //h/?m=a@b",
            "see https://h:8080/a@b and //h/?m=a@b",
        ),
        (
            r#"{"AccessKeySecret": "a\"b", "Id": 1}"#,
            r#"{"AccessKeySecret": "[redacted]", "Id": 1}"#,
        ),
        (
            r#"{"Json":"{\"password\":\"p\"}"}"#,
            r#"{"Json":"{\"password\":\"[redacted]\"}"}"#,
        ),
        (
            r#"{"pwd":12,"token":null,"PasswordSet":true}"#,
            r#"{"pwd":[redacted],"token":null,"PasswordSet":true}"#,
        ),
        (
            r#"{"passwords":["a","b"],"x":1}"#,
            r#"{"passwords":[[redacted]],"x":1}"#,
        ),
        (
            "{'secret' => 'x', phrase: \"y\"}",
            "{'secret' => '[redacted]', phrase: \"[redacted]\"}",
        ),
        (
            "<Token>abc</Token><Id>1</Id>",
            "<Token>[redacted]</Token><Id>1</Id>",
        ),
        (
            "&lt;ns:Token a=&quot;1&quot;&gt;abc&lt;/",
            "&lt;ns:Token a=&quot;1&quot;&gt;[redacted]&lt;/",
        ),
        (
            "<Token><![CDATA[a<b]]></Token>",
            "<Token><![CDATA[[redacted]]]></Token>",
        ),
        ("params[password]=x", "params[password]=[redacted]"),
        (
            "Password: it must have 8 characters",
            "Password: it must have 8 characters",
        ),
        ("`Password`: it is bad", "`Password`: it is bad"),
        (
            "NextToken=abc&SignatureMethod=HMAC-SHA1",
            "NextToken=abc&SignatureMethod=HMAC-SHA1",
        ),
    ] {
        assert_eq!(redactor.hide(text), shown, "{text}");
    }
}

#[test]
fn texts_that_signatures_are_computed_over_go_unless_they_are_hashed() {
    let redactor = Redactor::new();
    for (text, shown) in [
        (
            "no match. server string to sign is:POST&%2F&a",
            "no match. server string to sign is:[redacted]",
        ),
        (
            "String%20to%20sign%20is%3A%5BGET",
            "String%20to%20sign%20is%3A[redacted]",
        ),
        (
            "{\"stringToSign\":\"POST&\"}",
            "{\"stringToSign\":\"[redacted]",
        ),
        (
            "server string to sign is:ACS3-HMAC-SHA256\nab12",
            "server string to sign is:ACS3-HMAC-SHA256\nab12",
        ),
        (
            "CanonicalRequest is GET\n/",
            "CanonicalRequest is [redacted]",
        ),
        ("the string to sign differs", "the string to sign differs"),
    ] {
        assert_eq!(redactor.hide(text), shown, "{text}");
    }
}

#[test]
fn what_a_caller_wrote_beside_the_name_of_a_secret_is_held() {
    let mut redactor = Redactor::new();
    redactor.hold_from("jdbc:mysql://root:t0psecret@h/db?user=u&password=p4ss%2Fword");
    redactor.hold_from(r#"{"inner":"{\"dbPwd\":\"an/other\"}"}"#);
    for word in ["t0psecret", "p4ss/word", "an/other", "an%2Fother"] {
        let text = format!("cannot log in with {word}");
        assert_eq!(redactor.hide(&text), "cannot log in with [redacted]");
    }
}

#[test]
fn texts_without_secrets_stay_as_they_are() {
    let redactor = holding(&SECRETS);
    for text in [
        "",
        "The specified parameter DtsJobId is not valid.",
        "100% of 5%2 & \\ &nosuch; \\u12 %zz",
        "https://error-center.aliyun.com/status/search?Keyword=NoPermission&source=PopGw",
        "0C0B4F5E-7A3C-5E1B-9A0C-1D2E3F405162",
        "实例不存在。",
        "see https://",
        "a//b ///",
        "password=",
        "<Token>",
        "string to sign is:",
        "...",
    ] {
        assert_eq!(redactor.hide(text), text);
    }
    assert_eq!(redactor.show(" a\nb\u{202e} "), "a\\nb\\u{202e}");
}

#[test]
fn causes_are_kept_unless_they_show_a_secret() {
    let redactor = holding(&["hunter/two"]);
    let kept = redactor.cause(Box::new(std::io::Error::other("reset")));
    assert!(kept.downcast_ref::<std::io::Error>().is_some());
    for words in ["no hunter%2Ftwo", "a\nb"] {
        let told = redactor.cause(Box::new(std::io::Error::other(words)));
        let shown = format!("{told} {told:?} {told:#?}");
        assert!(
            !shown.contains("hunter") && !shown.contains('\n'),
            "{shown}"
        );
    }
}

/// Whatever stands around it, and whatever escapes are begun and not ended there.
#[test]
fn no_neighbours_hide_a_secret_and_none_makes_it_panic() {
    const PARTS: [&str; 24] = [
        "%",
        "%2",
        "%u00",
        "\\",
        "\\u",
        "\\u{",
        "\\ud83d",
        "\\x4",
        "&",
        "&#",
        "&#x",
        "&amp",
        "&;",
        "=",
        "password=",
        "\"pwd\":\"",
        "<Token>",
        "//",
        "@",
        "thin:",
        "string to sign is:",
        "é",
        "\u{200b}",
        "...",
    ];
    let mut state = 42_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    // A short one is found as a word only.
    let long = SECRETS.iter().filter(|secret| secret.len() > 6);
    for secret in long {
        let redactor = holding(&[secret]);
        for _ in 0..300 {
            let mut text = String::new();
            for _ in 0..next(6) {
                text.push_str(PARTS[next(PARTS.len())]);
            }
            text.push_str(secret);
            for _ in 0..next(6) {
                text.push_str(PARTS[next(PARTS.len())]);
            }
            let shown = redactor.hide(&text);
            assert!(!shown.contains(secret), "{shown} of {text}");
            let _ = (redactor.show(&shown), redactor.excerpt(text.as_bytes()));
        }
    }
}
