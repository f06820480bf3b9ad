//! Parsing of URLs, most of which differ in their query alone.
//!
//! A client calls one host over and over. Parsing its name anew each time costs several times what parsing the query does.

use std::fmt;
use std::sync::{Arc, Mutex};

use reqwest::Url;

/// The address the last request went to: its URL up to the query. Shared by clones.
#[derive(Clone, Default)]
pub(super) struct LastAddress(Arc<Mutex<Option<(String, Url)>>>);

impl fmt::Debug for LastAddress {
    /// A path may hold a parameter: nothing is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LastAddress").finish_non_exhaustive()
    }
}

impl LastAddress {
    /// Parses a URL: what [`Url::parse`] would return.
    pub(super) fn parse(&self, url: &str) -> Result<Url, <Url as std::str::FromStr>::Err> {
        let mut last = match self.0.try_lock() {
            Ok(last) => last,
            // Another thread is at it, and faster to do without than to wait for.
            Err(_) => return Url::parse(url),
        };
        let known = last.as_ref().and_then(|(address, parsed)| {
            let query = query(url.strip_prefix(address.as_str())?)?;
            Some((parsed.clone(), query))
        });
        if let Some((mut parsed, query)) = known {
            drop(last);
            if query.is_some() {
                parsed.set_query(query);
            }
            return Ok(parsed);
        }
        let parsed = Url::parse(url)?;
        if is_plain(url) {
            let address = url.split('?').next().unwrap_or_default();
            let mut bare = parsed.clone();
            bare.set_query(None);
            *last = Some((address.to_owned(), bare));
        }
        Ok(parsed)
    }
}

/// The query of a URL, or that there is none, given what follows the address; `None` when something else follows.
fn query(rest: &str) -> Option<Option<&str>> {
    if rest.is_empty() {
        return Some(None);
    }
    rest.strip_prefix('?')
        .filter(|query| is_plain(query))
        .map(Some)
}

/// Whether a part of a URL means what it says wherever it stands: blanks at the ends are no part of a URL, and a question
/// mark in a fragment starts no query. Requests have neither.
fn is_plain(part: &str) -> bool {
    part.bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_parsed_as_ever_whatever_came_before() {
        let urls = [
            "https://dts.aliyuncs.com/?Action=A&B=%E4%B8%AD~*'",
            "https://dts.aliyuncs.com/",
            "https://dts.aliyuncs.com/?",
            "https://dts.aliyuncs.com",
            "https://dts.aliyuncs.com?a=b",
            "https://DTS.aliyuncs.com:443/a/../b?c=d?e=f",
            "http://127.0.0.1:80/a%2Fb?x= y\"<>\u{4e2d}",
            "http://[::1]:8080/a?tab\tand\nline",
            "https://dts.aliyuncs.com/#part?no=query",
            "https://dts.aliyuncs.com/?query#part",
            "https://dts.aliyuncs.com/ ?a ",
            " https://dts.aliyuncs.com/?a ",
            "https:// /?a",
            "/?a",
            "",
        ];
        let last = LastAddress::default();
        for before in urls {
            for url in urls {
                let _ = last.parse(before);
                assert_eq!(last.parse(url), Url::parse(url), "{url:?} after {before:?}");
            }
        }
    }
}
