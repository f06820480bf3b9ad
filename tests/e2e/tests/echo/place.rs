//! Where in a response a service may repeat something.

use super::spelling::{Spelling, json};

/// A place in a response.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// The words behind the status.
    StatusLine,
    /// Headers, the ID of the request among them.
    Header,
    /// The same of a good response.
    GoodHeader,
    /// Where to look instead.
    Redirect,
    Code,
    Message,
    /// The other members of an error document.
    Document,
    /// The same as XML.
    XmlDocument,
    /// A page in place of an error document.
    Page,
    /// A page that is compressed.
    Compressed,
    /// A page that breaks off in the middle of what it repeats.
    CutPage,
    /// The message of a good response that says it failed.
    Business,
    /// A page in place of a good response.
    GoodPage,
    /// Behind the end of a good response.
    Trailing,
    /// A number that is none, in a good response.
    Misfit,
    /// No HTTP at all.
    NoHttp,
    /// A header that is none.
    NoHeader,
    /// An event that says it failed.
    Event,
    /// An event that cannot be read.
    BrokenEvent,
}

/// All of them.
pub(crate) const PLACES: [Place; 19] = [
    Place::StatusLine,
    Place::Header,
    Place::GoodHeader,
    Place::Redirect,
    Place::Code,
    Place::Message,
    Place::Document,
    Place::XmlDocument,
    Place::Page,
    Place::Compressed,
    Place::CutPage,
    Place::Business,
    Place::GoodPage,
    Place::Trailing,
    Place::Misfit,
    Place::NoHttp,
    Place::NoHeader,
    Place::Event,
    Place::BrokenEvent,
];

/// What would begin a line of its own, turn the direction of writing or change colours.
const FORGED: &str = "\r\nWARN forged\u{2028}\u{1b}[31m\u{202e}\u{200b}";

const JSON: &str = "application/json";

impl Place {
    /// The bytes of a response that repeats a text.
    pub(crate) fn response(self, text: &str, spell: Spelling) -> Vec<u8> {
        let spelled = spell(text);
        let line = one_line(&spelled);
        // Escapes of JSON are JSON already.
        let is_json = serde_json::from_str::<String>(&format!("\"{spelled}\"")).is_ok();
        let inside = if is_json {
            spelled.clone()
        } else {
            json(&spelled)
        };
        let forged = json(FORGED);
        let said = format!("the service was sent {inside} {forged}");
        let page = format!("<html>the service was sent {spelled} {FORGED}</html>");
        match self {
            Self::StatusLine => {
                let head = format!("HTTP/1.1 404 {line}\r\ncontent-length: 0\r\n");
                [head.as_bytes(), b"connection: close\r\n\r\n"].concat()
            }
            Self::Header => whole("404 Echo", &headers(&line), JSON, "{}"),
            Self::GoodHeader => whole("200 Echo", &headers(&line), JSON, "{\"Success\":true}"),
            Self::Redirect => {
                let location = format!("location: https://h/{line}\r\n");
                whole("307 Echo", &location, "text/plain", &page)
            }
            Self::Code => error(&format!(
                "{{\"Code\":\"Echo.{inside}{forged}\",\"Message\":\"m\"}}"
            )),
            Self::Message => error(&format!(
                "{{\"Code\":\"NotFound.Echo\",\"Message\":\"{said}\"}}"
            )),
            Self::Document => error(&format!(
                "{{\"Code\":\"C\",\"RequestId\":\"{said}\",\"HostId\":\"{said}\",\"Recommend\":\"{said}\",\
                 \"AccessDeniedDetail\":{{\"Policy\":[\"{said}\"],\"{inside}\":\"x\"}}}}"
            )),
            Self::XmlDocument => {
                let text = spelled.replace('&', "&amp;").replace('<', "&lt;");
                let text = one_line(&text);
                let body =
                    format!("<Error><Code>C</Code><Message>{text}&#10;WARN</Message></Error>");
                whole("404 Echo", "", "application/xml", &body)
            }
            Self::Page => whole("403 Echo", "", "text/html", &page),
            Self::Compressed => compressed(&page),
            Self::CutPage => {
                let cut = page.len() - FORGED.len() - "</html>".len() - 6;
                let cut = (0..=cut).rev().find(|at| page.is_char_boundary(*at));
                let body = &page[..cut.unwrap()];
                let head = format!(
                    "HTTP/1.1 502 Echo\r\ncontent-length: {}\r\n\r\n",
                    page.len()
                );
                [head.as_bytes(), body.as_bytes()].concat()
            }
            Self::Business => whole(
                "200 Echo",
                "",
                JSON,
                &format!(
                    "{{\"Success\":false,\"ErrCode\":\"Failed.Echo\",\"ErrMessage\":\"{said}\",\"RequestId\":\"{said}\"}}"
                ),
            ),
            Self::GoodPage => whole("200 Echo", "", "text/html", &page),
            Self::Trailing => whole(
                "200 Echo",
                "",
                JSON,
                &format!("{{\"Success\":true}}{spelled}{FORGED}"),
            ),
            Self::Misfit => whole(
                "200 Echo",
                "",
                JSON,
                &format!("{{\"Success\":\"{said}\",\"RequestId\":\"{said}\",\"a\":tru{spelled}}}"),
            ),
            Self::NoHttp => format!("{line}\r\n\r\n").into_bytes(),
            Self::NoHeader => format!("HTTP/1.1 200 OK\r\nbad {line}\r\n\r\n").into_bytes(),
            Self::Event => events(&format!(
                "data: {{\"a\":1}}\n\ndata: {{\"a\":\"{}\n\n",
                one_line(&said)
            )),
            Self::BrokenEvent => events(&format!("{line}\n\ndata: [{line}\n\n{line}")),
        }
    }
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn headers(line: &str) -> String {
    format!(
        "x-acs-request-id: {line}\r\nx-echo: {line}\r\nx-acs-retry-after: {line}\r\ndate: {line}\r\n"
    )
}

fn whole(status: &str, headers: &str, content_type: &str, body: &str) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

fn error(body: &str) -> Vec<u8> {
    whole("404 Echo", "", JSON, body)
}

fn events(body: &str) -> Vec<u8> {
    whole("200 Echo", "", "text/event-stream", body)
}

/// A page in gzip, as blocks that are stored.
fn compressed(page: &str) -> Vec<u8> {
    let mut body = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let blocks: Vec<&[u8]> = page.as_bytes().chunks(0xffff).collect();
    for (at, block) in blocks.iter().enumerate() {
        body.push(u8::from(at + 1 == blocks.len()));
        let length = u16::try_from(block.len()).unwrap();
        body.extend(length.to_le_bytes());
        body.extend((!length).to_le_bytes());
        body.extend(*block);
    }
    body.extend(crc32(page.as_bytes()).to_le_bytes());
    body.extend(u32::try_from(page.len()).unwrap().to_le_bytes());
    let head = format!(
        "HTTP/1.1 502 Echo\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
    let fold = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), step);
    !bytes.iter().fold(!0, fold)
}
