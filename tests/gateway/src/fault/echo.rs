//! A page that repeats the request, as servers and proxies in between like to show it.

use alicloud_runtime::encode::percent;
use quick_xml::escape::escape;

use crate::http::Request;

/// The page. Each part stands there as it came, with the signs of HTML escaped, and percent-encoded once more.
pub(crate) fn page(request: &Request) -> String {
    let query = request.query().iter();
    let query: Vec<_> = query
        .map(|(name, value)| format!("{}={}", percent(name), percent(value)))
        .collect();
    let url = format!("{}?{}", request.path(), query.join("&"));
    let mut parts = vec![url];
    let headers = request.headers().iter();
    parts.extend(headers.map(|(name, value)| format!("{name}: {value}")));
    parts.push(String::from_utf8_lossy(request.body()).into_owned());
    let pairs = request.query().iter().chain(request.form());
    parts.extend(pairs.map(|(name, value)| format!("{name}={value}")));
    let mut page = String::from("<html><body>The page was not found: ");
    for part in parts {
        page.push_str(&format!(
            "<p>{part}</p><p>{}</p><p>{}</p>\n",
            escape(&part),
            percent(&part)
        ));
    }
    page.push_str("</body></html>");
    page
}
