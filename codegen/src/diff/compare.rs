//! Two surfaces compared, place by place.

use super::behaviour::is_stricter;
use super::surface::{Item, Place, Surface, of};
use super::{Change, Grade};
use crate::model::Model;

/// The changes from one model to another, the gravest first.
#[must_use]
pub fn compare(before: &Model, after: &Model) -> Vec<Change> {
    let (before, after) = (of(before), of(after));
    let mut changes = Vec::new();
    let mut gone: Vec<(&Place, &Item)> = without(&before, &after).collect();
    let mut new: Vec<(&Place, &Item)> = without(&after, &before).collect();
    renamed(&mut gone, &mut new, &mut changes);
    for (place, item) in gone {
        changes.push(removed(place, item));
    }
    for (place, item) in new {
        changes.push(added(place, item));
    }
    for (place, item) in &after {
        if let Some(old) = before.get(place) {
            changed(place, old, item, &mut changes);
        }
    }
    changes.sort();
    changes
}

/// What is in one surface and not in another, leaving out what belongs to something else that is not there either.
fn without<'s>(
    one: &'s Surface,
    other: &'s Surface,
) -> impl Iterator<Item = (&'s Place, &'s Item)> {
    let has = |version: &str, name: &str| {
        other.contains_key(&Place {
            version: version.to_owned(),
            owner: String::new(),
            name: name.to_owned(),
        })
    };
    let known_version = |version: &str| other.keys().any(|place| place.version == version);
    one.iter().filter(move |(place, item)| {
        if other.contains_key(place) {
            return false;
        }
        if !known_version(&place.version) {
            return place.name.starts_with("module ");
        }
        let there = |name: &str| name.is_empty() || has(&place.version, name);
        there(&place.owner) && there(&item.within)
    })
}

/// What is gone in one place and has come in another of the same owner, with the same name on the wire.
fn renamed<'s>(
    gone: &mut Vec<(&'s Place, &'s Item)>,
    new: &mut Vec<(&'s Place, &'s Item)>,
    changes: &mut Vec<Change>,
) {
    gone.retain(|(old, was)| {
        let kind = |place: &Place| place.name.split(' ').next().map(str::to_owned);
        let same = |(place, is): &(&Place, &Item)| {
            !was.wire.is_empty()
                && is.wire == was.wire
                && place.version == old.version
                && place.owner == old.owner
                && kind(place) == kind(old)
        };
        let Some(at) = new.iter().position(same) else {
            return true;
        };
        let (place, is) = new.remove(at);
        changes.push(Change {
            grade: Grade::Breaking,
            version: old.version.clone(),
            text: format!("renamed {} to `{}`", named(old), own_name(place)),
        });
        if was.signature != is.signature && !place.owner.is_empty() {
            changes.push(retyped(place, was, is));
        }
        false
    });
}

fn removed(place: &Place, item: &Item) -> Change {
    // A demand that is dropped lets more through.
    let grade = match (item.told, item.demanded) {
        (false, _) => Grade::Breaking,
        (true, true) => Grade::Addition,
        (true, false) => Grade::Documentation,
    };
    Change {
        grade,
        version: place.version.clone(),
        text: format!("removed {}", named(place)),
    }
}

fn added(place: &Place, item: &Item) -> Change {
    let (grade, word) = match (item.told, item.demanded) {
        (_, true) => (
            Grade::Breaking,
            if item.told {
                "new demand: "
            } else {
                "added, and required: "
            },
        ),
        (true, false) => (Grade::Documentation, "added "),
        (false, false) => (Grade::Addition, "added "),
    };
    let of_type = match (place.owner.is_empty(), item.signature.is_empty()) {
        (false, false) if !place.name.starts_with("variant ") => format!(" ({})", item.signature),
        _ => String::new(),
    };
    Change {
        grade,
        version: place.version.clone(),
        text: format!("{word}{}{of_type}", named(place)),
    }
}

fn changed(place: &Place, old: &Item, new: &Item, changes: &mut Vec<Change>) {
    if old.signature != new.signature {
        changes.push(retyped(place, old, new));
    }
    for ((name, was), (_, is)) in old.behaviour.iter().zip(&new.behaviour) {
        if was == is {
            continue;
        }
        let grade = match is_stricter(name, was, is) {
            true => Grade::Breaking,
            false => Grade::Addition,
        };
        let from_to = match (was.as_str(), is.as_str()) {
            ("", is) => format!("{name} is now {is}"),
            (_, "") => format!("no {name} any more"),
            (was, is) if was.len() + is.len() > 160 => format!("{name} changed"),
            (was, is) => format!("{name} from {was} to {is}"),
        };
        changes.push(Change {
            grade,
            version: place.version.clone(),
            text: format!("{}: {from_to}", named(place)),
        });
    }
    if old.docs != new.docs {
        changes.push(Change {
            grade: Grade::Documentation,
            version: place.version.clone(),
            text: format!("{}: told differently", named(place)),
        });
    }
}

fn retyped(place: &Place, old: &Item, new: &Item) -> Change {
    Change {
        grade: Grade::Breaking,
        version: place.version.clone(),
        text: format!(
            "{} is now {}, not {}",
            named(place),
            new.signature,
            old.signature
        ),
    }
}

/// What something is and where: "setter `dts_job_id` of `StartDtsJob`".
fn named(place: &Place) -> String {
    let (kind, name) = place.name.split_once(' ').unwrap_or(("", &place.name));
    // Rules are sentences with marks of their own.
    let what = match kind {
        "rule" => name.to_owned(),
        kind => format!("{kind} `{name}`"),
    };
    match place.owner.split_once(' ') {
        Some((_, owner)) => format!("{what} of `{owner}`"),
        None => what,
    }
}

fn own_name(place: &Place) -> &str {
    place
        .name
        .split_once(' ')
        .map_or(&place.name, |(_, name)| name)
}
