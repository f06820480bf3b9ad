//! Times as HTTP headers write them.

use std::time::UNIX_EPOCH;

use crate::time::parse_timestamp;

/// The day of 1970-01-01 comes first.
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The value of a `date` header, such as `Thu, 11 Jul 2024 03:11:53 GMT`, for a time that
/// [`timestamp`](crate::time::timestamp) wrote. `None` for any other text.
#[must_use]
pub fn http_date(timestamp: &str) -> Option<String> {
    let time = parse_timestamp(timestamp)?;
    let days = time.duration_since(UNIX_EPOCH).ok()?.as_secs() / 86_400;
    let day = DAYS.get(usize::try_from(days % 7).ok()?)?;
    let month: usize = timestamp.get(5..7)?.parse().ok()?;
    Some(format!(
        "{day}, {} {} {} {} GMT",
        timestamp.get(8..10)?,
        MONTHS.get(month.checked_sub(1)?)?,
        timestamp.get(..4)?,
        timestamp.get(11..19)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_name_their_day() {
        // Written by `date -u -R -d ...`.
        for (timestamp, date) in [
            ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 GMT"),
            ("2024-05-06T07:08:09Z", "Mon, 06 May 2024 07:08:09 GMT"),
            ("2024-12-21T19:37:36Z", "Sat, 21 Dec 2024 19:37:36 GMT"),
        ] {
            assert_eq!(http_date(timestamp).as_deref(), Some(date));
        }
        assert_eq!(http_date("2024-05-06"), None);
        assert_eq!(http_date("1969-12-31T23:59:59Z"), None);
    }
}
