//! Time and nonces: the two inputs of a signature that change with every attempt, and the pauses between attempts. All of
//! them are replaceable, so that a test needs no patience.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where the time comes from.
pub trait Clock: Debug + Send + Sync {
    /// The time now, as people count it.
    fn now(&self) -> SystemTime;

    /// The time since some fixed moment, for measuring how long something takes. The system's clock never sets it back.
    fn monotonic(&self) -> Duration {
        self.now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

/// What [`SystemClock::monotonic`] counts from.
static START: OnceLock<Instant> = OnceLock::new();

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that reads the system's clock"
    )]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that reads the system's clock"
    )]
    fn monotonic(&self) -> Duration {
        let now = Instant::now();
        now.duration_since(*START.get_or_init(|| now))
    }
}

/// The future a [`Sleep`] returns.
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What waits: between attempts, between two questions of a waiter, for the rate governor.
pub trait Sleep: Debug + Send + Sync {
    /// Waits that long.
    fn sleep(&self, duration: Duration) -> SleepFuture;
}

/// Waits by tokio's timer.
#[cfg(feature = "reqwest")]
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioSleep;

#[cfg(feature = "reqwest")]
impl Sleep for TokioSleep {
    fn sleep(&self, duration: Duration) -> SleepFuture {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// What waits unless the caller brings something else.
pub(crate) fn default_sleep() -> Option<std::sync::Arc<dyn Sleep>> {
    #[cfg(feature = "reqwest")]
    return Some(std::sync::Arc::new(TokioSleep));
    #[cfg(not(feature = "reqwest"))]
    None
}

/// A clock that stands still, for tests.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub SystemTime);

impl Clock for FixedClock {
    fn now(&self) -> SystemTime {
        self.0
    }
}

/// Where the nonce of a signature comes from. The service refuses a nonce it has seen before.
pub trait NonceSource: Debug + Send + Sync {
    /// A nonce that has not been used before.
    ///
    /// # Errors
    ///
    /// When no randomness can be had from the system.
    fn nonce(&self) -> Result<String, getrandom::Error>;
}

/// 128 random bits in hexadecimal, drawn from the system each time.
///
/// Nothing is kept between two of them: a process that was forked, or restored from a snapshot, gives no nonce that the
/// other one gives.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomNonce;

impl NonceSource for RandomNonce {
    fn nonce(&self) -> Result<String, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(crate::encode::hex(&bytes))
    }
}

/// A nonce that is always the same, for tests.
#[derive(Clone, Debug)]
pub struct FixedNonce(pub String);

impl NonceSource for FixedNonce {
    fn nonce(&self) -> Result<String, getrandom::Error> {
        Ok(self.0.clone())
    }
}

/// Formats a time as the service wants it: `2024-07-11T03:11:53Z`, UTC, whole seconds.
#[must_use]
pub fn timestamp(time: SystemTime) -> String {
    let seconds = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
    };
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    if !(0..=9999).contains(&year) {
        return format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
    }
    // Written digit by digit: every attempt of every call has one, and formatting costs ten times as much.
    let mut text = *b"0000-00-00T00:00:00Z";
    let parts = [year / 100, year % 100, month, day, hour, minute, second];
    for (at, part) in [0, 2, 5, 8, 11, 14, 17].into_iter().zip(parts) {
        // All parts are below 100.
        let part = part as u8;
        text[at] += part / 10;
        text[at + 1] += part % 10;
    }
    std::str::from_utf8(&text).unwrap_or_default().to_owned()
}

/// Reads a time formatted by [`timestamp`].
#[must_use]
pub fn parse_timestamp(text: &str) -> Option<SystemTime> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 20
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            10 => *byte == b'T',
            13 | 16 => *byte == b':',
            19 => *byte == b'Z',
            _ => byte.is_ascii_digit(),
        });
    if !shape {
        return None;
    }
    let part = |from: usize, to: usize| text[from..to].parse::<i64>().ok();
    let date = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
    let days = days_from_civil(date.0, date.1, date.2);
    if civil(days) != date || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second;
    let seconds = u64::try_from(seconds).ok()?;
    UNIX_EPOCH.checked_add(std::time::Duration::from_secs(seconds))
}

/// Reads the time of a `Date` header, such as `Mon, 06 May 2024 07:08:09 GMT`.
#[must_use]
pub fn parse_http_date(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_, rest) = text.trim().strip_suffix(" GMT")?.split_once(", ")?;
    let mut parts = rest.split(' ');
    let (day, month, year, time) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    parse_timestamp(&format!("{year}-{month:02}-{day}T{time}Z"))
}

/// Year, month and day of a day counted from 1970-01-01 in the Gregorian calendar (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1)
}

/// The inverse of [`civil`].
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn timestamps_are_utc_with_whole_seconds() {
        // Unix times computed with `date -u -d ... +%s`.
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_456_231_584, "2016-02-23T12:46:24Z"),
            (1_720_667_513, "2024-07-11T03:11:53Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!(timestamp(time), text);
            assert_eq!(parse_timestamp(text), Some(time));
        }
    }

    #[test]
    fn other_texts_are_no_timestamps() {
        for text in [
            "",
            "2024-07-11",
            "2024-07-11T03:11:53",
            "2024-07-11 03:11:53Z",
            "２024-07-11T03:11:5Z",
            "2024-02-30T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-01-01T24:00:00Z",
        ] {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn dates_of_headers_are_read() {
        // `date -u -d @1714979289`.
        let time = UNIX_EPOCH + Duration::from_secs(1_714_979_289);
        assert_eq!(parse_http_date("Mon, 06 May 2024 07:08:09 GMT"), Some(time));
        for text in [
            "",
            "Mon, 06 May 2024 07:08:09",
            "Mon, 06 Mai 2024 07:08:09 GMT",
            "Monday, 06-May-24 07:08:09 GMT",
            "Mon, 6 May 2024 07:08:09 GMT",
        ] {
            assert_eq!(parse_http_date(text), None, "{text}");
        }
    }

    #[test]
    fn nonces_differ() {
        let source = RandomNonce;
        let first = source.nonce().unwrap();
        assert_eq!(first.len(), 32);
        assert_ne!(first, source.nonce().unwrap());
        assert_ne!(first, RandomNonce.nonce().unwrap());
    }
}
