//! The gateway's clock, which a test can set wrong, and how HTTP writes its time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alicloud_runtime::time::{Clock, parse_timestamp, timestamp};

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// In seconds.
const CENTURY: i64 = 100 * 365 * 86_400;

/// Another clock, so many seconds off.
#[derive(Clone, Debug)]
pub(crate) struct SkewedClock {
    clock: Arc<dyn Clock>,
    offset: Arc<AtomicI64>,
}

impl SkewedClock {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            offset: Arc::default(),
        }
    }

    /// From now on the clock is that many seconds ahead of the other one, or behind it: a century at most, so that every
    /// time it shows can be written.
    pub(crate) fn set_offset(&self, seconds: i64) {
        let seconds = seconds.clamp(-CENTURY, CENTURY);
        self.offset.store(seconds, Ordering::Relaxed);
    }
}

impl Clock for SkewedClock {
    fn now(&self) -> SystemTime {
        let (now, offset) = (self.clock.now(), self.offset.load(Ordering::Relaxed));
        let apart = Duration::from_secs(offset.unsigned_abs());
        let skewed = match offset < 0 {
            true => now.checked_sub(apart),
            false => now.checked_add(apart),
        };
        skewed.unwrap_or(now)
    }
}

/// A time as in the header `Date`: `Thu, 11 Jul 2024 03:11:53 GMT`.
pub(crate) fn http_date(time: SystemTime) -> String {
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let text = timestamp(UNIX_EPOCH + Duration::from_secs(seconds));
    let weekday = usize::try_from(seconds / 86_400 % 7).map_or("", |day| DAYS[day]);
    let month = text[5..7].parse().unwrap_or(1);
    let month = MONTHS.get(month - 1_usize).unwrap_or(&"");
    let (year, day, clock) = (&text[..4], &text[8..10], &text[11..19]);
    format!("{weekday}, {day} {month} {year} {clock} GMT")
}

/// Reads a time written by [`http_date`]; the weekday is not looked at.
pub(crate) fn parse_http_date(text: &str) -> Option<SystemTime> {
    let (_, date) = text.trim().split_once(", ")?;
    let parts: Vec<_> = date.split(' ').collect();
    let [day, month, year, clock, "GMT"] = parts[..] else {
        return None;
    };
    let month = MONTHS.iter().position(|known| *known == month)? + 1;
    parse_timestamp(&format!("{year}-{month:02}-{day}T{clock}Z"))
}

#[cfg(test)]
mod tests {
    use alicloud_runtime::time::FixedClock;

    use super::*;

    #[test]
    fn dates_are_those_of_http() {
        // The first is the example of RFC 9110, the others were recorded from official clients.
        for (stamp, date) in [
            ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("2024-12-21T19:37:36Z", "Sat, 21 Dec 2024 19:37:36 GMT"),
            ("2024-05-07T14:48:38Z", "Tue, 07 May 2024 14:48:38 GMT"),
        ] {
            let time = parse_timestamp(stamp).unwrap();
            assert_eq!(http_date(time), date);
            assert_eq!(parse_http_date(date), Some(time));
        }
        for text in [
            "",
            "Sun, 06 Nov 1994 08:49:37",
            "06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Now 1994 08:49:37 GMT",
            "1994-11-06T08:49:37Z",
        ] {
            assert_eq!(parse_http_date(text), None, "{text}");
        }
    }

    #[test]
    fn the_offset_can_be_changed_under_way() {
        let noon = parse_timestamp("2024-07-11T12:00:00Z").unwrap();
        let clock = SkewedClock::new(Arc::new(FixedClock(noon)));
        let same = clock.clone();
        for (offset, wanted) in [
            (0, "2024-07-11T12:00:00Z"),
            (3600, "2024-07-11T13:00:00Z"),
            (-60, "2024-07-11T11:59:00Z"),
            (i64::MIN, "1924-08-05T12:00:00Z"),
        ] {
            clock.set_offset(offset);
            assert_eq!(timestamp(same.now()), wanted);
        }
    }
}
