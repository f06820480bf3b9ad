//! What goes wrong with one call, attempt by attempt, drawn from the number of the sequence.

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Changes nothing.
    Read,
    /// Must not run twice.
    Write,
    /// Carries an idempotency token: the service executes it once.
    ProtectedWrite,
}

/// What becomes of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Executed and answered.
    Good,
    /// The credentials provider fails.
    NoCredentials,
    /// An interceptor refuses the request.
    Intercepted,
    /// Nothing listens where the request goes.
    Refused,
    /// The connection is closed when the head of the request has been read.
    CloseAtHead,
    /// The connection is closed in place of a response.
    CloseInstead { executed: bool },
    /// The response comes later than the client waits.
    Late { executed: bool },
    /// The response breaks off in its body.
    Truncated { status: u16, executed: bool },
    /// A response with that status and body: [`RESPONSES`].
    Response(usize),
    /// A good response on a connection that is closed right after it without a word.
    GoodThenClosed,
}

/// A response that is no plain success.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Canned {
    pub(crate) status: u16,
    pub(crate) headers: &'static str,
    pub(crate) body: &'static str,
    /// Whether the service executes the call before it responds so.
    pub(crate) executed: bool,
}

const fn refusal(status: u16, headers: &'static str, body: &'static str) -> Canned {
    Canned {
        status,
        headers,
        body,
        executed: false,
    }
}

const fn ran(status: u16, headers: &'static str, body: &'static str) -> Canned {
    Canned {
        status,
        headers,
        body,
        executed: true,
    }
}

const JSON: &str = "content-type: application/json\r\n";
const HTML: &str = "content-type: text/html\r\n";

pub(crate) const RESPONSES: &[Canned] = &[
    refusal(
        400,
        JSON,
        r#"{"Code":"Throttling.User","Message":"Too fast.","RequestId":"r"}"#,
    ),
    refusal(
        400,
        JSON,
        r#"{"Code":"Rejected.Throttling","Message":"Too fast.","RequestId":"r"}"#,
    ),
    refusal(429, HTML, "<html>slow down</html>"),
    refusal(503, "x-acs-retry-after: 2\r\n", "busy"),
    refusal(
        400,
        JSON,
        r#"{"errorCode":"Throttling.Api","errorMessage":"Too fast."}"#,
    ),
    refusal(
        503,
        JSON,
        r#"{"Code":"ServiceUnavailable","Message":"Later.","RequestId":"r"}"#,
    ),
    ran(
        503,
        JSON,
        r#"{"Code":"ServiceUnavailable","Message":"Later.","RequestId":"r"}"#,
    ),
    ran(
        500,
        JSON,
        r#"{"Code":"InternalError","Message":"Oops.","RequestId":"r"}"#,
    ),
    refusal(502, HTML, "<html>bad gateway</html>"),
    ran(502, HTML, "<html>bad gateway</html>"),
    ran(504, HTML, ""),
    refusal(404, HTML, "<html>no such page</html>"),
    refusal(
        403,
        JSON,
        r#"{"Code":"NoPermission","Message":"No.","RequestId":"r"}"#,
    ),
    refusal(
        403,
        JSON,
        r#"{"Code":"InvalidSecurityToken.Expired","Message":"Old.","RequestId":"r"}"#,
    ),
    refusal(
        400,
        "content-type: application/json\r\ndate: Mon, 06 May 2024 07:08:09 GMT\r\n",
        r#"{"Code":"InvalidTimeStamp.Expired","Message":"Late.","RequestId":"r"}"#,
    ),
    refusal(307, "location: http://127.0.0.1:9/\r\n", ""),
    refusal(
        200,
        JSON,
        r#"{"Success":false,"ErrCode":"Busy","ErrMessage":"No.","RequestId":"r"}"#,
    ),
    refusal(
        200,
        JSON,
        r#"{"Success":"False","ErrCode":"Throttling.User","ErrMessage":"No.","RequestId":"r"}"#,
    ),
    ran(200, JSON, "null"),
    ran(200, JSON, "[]"),
    ran(200, JSON, "\"done\""),
    ran(200, JSON, ""),
    ran(200, JSON, r#"{"RequestId":"r","Success":tr"#),
    ran(
        200,
        "content-type: text/xml\r\n",
        "<StartDtsJobResponse><Success>true</Success></StartDtsJobResponse>",
    ),
    refusal(
        200,
        HTML,
        "<!DOCTYPE html><html><body><form action=\"/login\"></form></body></html>",
    ),
    refusal(200, HTML, "please log in"),
    refusal(200, JSON, "null"),
    refusal(200, JSON, "[]"),
    refusal(200, JSON, "0"),
    refusal(200, JSON, ""),
    refusal(204, "", ""),
];

/// One call: what it is, what goes wrong, and how long it may take.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) number: u64,
    pub(crate) kind: Kind,
    /// Attempts beyond these are good.
    pub(crate) steps: Vec<Step>,
    /// A total time limit that some calls run into, in milliseconds.
    pub(crate) limit: Option<u64>,
    /// When the caller drops the call, in milliseconds.
    pub(crate) dropped: Option<u64>,
}

impl Plan {
    pub(crate) fn of(number: u64) -> Self {
        let mut random = Random(number);
        let kind = match random.below(5) {
            0 | 1 => Kind::Read,
            2 | 3 => Kind::Write,
            _ => Kind::ProtectedWrite,
        };
        // Mostly one fault: the retry budget that all calls share must last.
        let length = match random.below(20) {
            0..=4 => 0,
            5..=15 => 1,
            16..=18 => 2,
            _ => 3 + random.below(2),
        };
        // And now and then nothing listens for as long as the call lasts.
        let steps = match random.below(100) {
            0 => vec![Step::Refused; 4],
            _ => (0..length).map(|_| step(&mut random)).collect(),
        };
        Self {
            number,
            kind,
            steps,
            limit: (random.below(40) == 0).then(|| 1 + random.below(30)),
            dropped: (random.below(50) == 0).then(|| random.below(8)),
        }
    }
}

fn step(random: &mut Random) -> Step {
    let executed = random.below(2) == 0;
    match random.below(20) {
        0 => Step::NoCredentials,
        1 => Step::Intercepted,
        2 | 3 => Step::Refused,
        4 | 5 => Step::CloseAtHead,
        6..=9 => Step::CloseInstead { executed },
        10 if random.below(4) == 0 => Step::Late { executed },
        10 | 11 => Step::GoodThenClosed,
        12 => Step::Truncated {
            status: if random.below(2) == 0 { 200 } else { 500 },
            executed,
        },
        _ => Step::Response(usize::try_from(random.below(RESPONSES.len() as u64)).unwrap()),
    }
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}
