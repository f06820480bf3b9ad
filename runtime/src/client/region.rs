//! What was meant by a region whose host has no address.

use super::{Call, ServiceClient};

/// How many letters a region may differ in from the one that was meant.
const SLIPS: usize = 2;

/// What there is to say of the region in a host that cannot be resolved: its name, and which one it may stand for.
/// `None` where the host was not made of the region.
pub(super) fn hint(call: &Call<ServiceClient>, host: &str) -> Option<String> {
    let region = call.client.config.region()?;
    if !host.contains(&region.to_ascii_lowercase()) {
        return None;
    }
    let known = call.client.service.regions.iter();
    let nearest = known
        .map(|hosts| (distance(region, &hosts.region), &*hosts.region))
        .filter(|(distance, _)| (1..=SLIPS).contains(distance))
        .min();
    Some(match nearest {
        Some((_, meant)) => format!(" (region {region}); did you mean {meant}?"),
        None => format!(" (region {region})"),
    })
}

/// How many letters have to be added, removed, replaced or swapped with their neighbour to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let mut least = (last[column] + usize::from(letter != wanted))
                .min(last[column + 1] + 1)
                .min(next[column] + 1);
            let swapped =
                row > 0 && column > 0 && one[row - 1] == *wanted && other[column - 1] == *letter;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (one, other, slips) in [
            ("", "", 0),
            ("", "ab", 2),
            ("cn-hangzhou", "cn-hangzhou", 0),
            ("cn-hangzou", "cn-hangzhou", 1),
            ("cn-hnagzhou", "cn-hangzhou", 1),
            ("cn_beijng", "cn-beijing", 2),
            ("us-east-1", "us-west-1", 2),
            ("abc", "", 3),
        ] {
            assert_eq!(distance(one, other), slips, "{one} {other}");
            assert_eq!(distance(other, one), slips, "{other} {one}");
        }
    }
}
