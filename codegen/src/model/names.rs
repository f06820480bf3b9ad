//! Names: from the service's spelling to Rust's, once, in one place, with frozen results.
//!
//! A name is split into words (`DBInstanceId` is `DB`, `Instance`, `Id`), and the words are joined again in the case Rust
//! wants. What Rust or the generated code keeps for itself gets an underscore at its end. Two names that become one are a
//! collision, reported by `scope`, never silently numbered.

pub use super::reserved::{Place, feature};

/// Spellings whose words no rule finds: brand names, and acronyms that run into each other.
const EXCEPTIONS: &[(&str, &[&str])] = &[
    ("DTSIP", &["dts", "ip"]),
    ("IPv4", &["ipv4"]),
    ("IPv6", &["ipv6"]),
    ("Ipv4", &["ipv4"]),
    ("Ipv6", &["ipv6"]),
    ("MySQL", &["mysql"]),
    ("PostgreSQL", &["postgresql"]),
    ("VServer", &["vserver"]),
    ("VSwitch", &["vswitch"]),
    ("VRouter", &["vrouter"]),
    ("OAuth", &["oauth"]),
    ("GraphQL", &["graphql"]),
];

/// The Rust name of something in a place; `None` when no letter or digit is left to make one of.
#[must_use]
pub fn rust_name(wire: &str, place: Place) -> Option<String> {
    let name = match place {
        Place::Product | Place::Module => snake(wire).map(ascii),
        Place::Setter | Place::PagedSetter | Place::Field => snake(wire),
        Place::Type => type_case(wire),
        Place::Variant => pascal(wire),
    }?;
    Some(if place.is_taken(&name) {
        format!("{name}_")
    } else {
        name
    })
}

/// The setter for JSON text beside a setter of what the text says.
#[must_use]
pub fn json_twin(setter: &str) -> String {
    format!("{}_json", setter.trim_end_matches('_'))
}

/// The name with other letters than ASCII's spelt by their code points: a module is a file, whose name must be ASCII.
fn ascii(name: String) -> String {
    if name.is_ascii() {
        return name;
    }
    let spelt = name.chars().map(|letter| match letter {
        plain if plain.is_ascii() => plain.to_string(),
        other => format!("u{:x}", u32::from(other)),
    });
    spelt.collect()
}

/// Whether a name given by a spec can be used as it is.
#[must_use]
pub fn is_usable(name: &str, place: Place) -> bool {
    let mut chars = name.chars();
    let start = chars.next().is_some_and(|c| is_word_start(c) || c == '_');
    let place_allows = !matches!(place, Place::Product | Place::Module) || name.is_ascii();
    start
        && place_allows
        && name != "_"
        && chars.all(|c| is_word_part(c) || c == '_')
        && !place.is_taken(name)
}

fn is_word_start(c: char) -> bool {
    unicode_ident::is_xid_start(c) && is_word_part(c)
}

/// Characters that may stand in an identifier. Narrower than Unicode's own list, so that no exotic letter gets through.
fn is_word_part(c: char) -> bool {
    let listed = ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3041}'..='\u{30fa}').contains(&c);
    c.is_ascii_alphanumeric() || listed && unicode_ident::is_xid_continue(c)
}

fn snake(wire: &str) -> Option<String> {
    Some(
        guard(words(wire))
            .filter(|words| !words.is_empty())?
            .join("_"),
    )
}

fn pascal(wire: &str) -> Option<String> {
    let words = guard(words(wire)).filter(|words| !words.is_empty())?;
    Some(words.iter().map(|word| capital(word)).collect())
}

/// A type keeps the service's spelling when that is Rust's case already, so that it is found under the documented name.
fn type_case(wire: &str) -> Option<String> {
    let camel = wire.starts_with(|c: char| c.is_ascii_uppercase())
        && wire.chars().all(|c| c.is_ascii_alphanumeric())
        && wire.chars().any(|c| c.is_ascii_lowercase());
    if camel {
        Some(wire.to_owned())
    } else {
        pascal(wire)
    }
}

/// Puts an underscore before a leading digit.
fn guard(mut words: Vec<String>) -> Option<Vec<String>> {
    let first = words.first_mut()?;
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        first.insert(0, '_');
    }
    Some(words)
}

fn capital(word: &str) -> String {
    let at = word.find(|c: char| c != '_').unwrap_or(0);
    let mut chars = word[at..].chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    word[..at].chars().chain(first).chain(chars).collect()
}

/// The words of a name, in lower case.
#[must_use]
pub fn words(wire: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in wire
        .split(|c: char| !is_word_part(c))
        .filter(|run| !run.is_empty())
    {
        split_run(run, &mut words);
    }
    words
}

/// Splits a run of letters and digits where its case changes.
fn split_run(run: &str, words: &mut Vec<String>) {
    let mut rest = run;
    while !rest.is_empty() {
        let exception = EXCEPTIONS.iter().find(|(spelling, _)| {
            rest.strip_prefix(spelling)
                .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_lowercase()))
        });
        if let Some((spelling, parts)) = exception {
            words.extend(parts.iter().map(|part| (*part).to_owned()));
            rest = &rest[spelling.len()..];
            continue;
        }
        let length = word_length(rest);
        words.push(rest[..length].to_ascii_lowercase());
        rest = &rest[length..];
    }
}

/// The length of the first word: `Instance` of `InstanceId`, `DB` of `DBInstance`, `IDs` of `IDsOf`.
fn word_length(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return if digits == text.len() {
            digits
        } else {
            digits + word_length(&text[digits..])
        };
    }
    let upper = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let after = &text[upper..];
    if upper <= 1 {
        let stop = |c: char| c.is_ascii_uppercase();
        let skip = text.chars().next().map_or(0, char::len_utf8);
        return text[skip..].find(stop).map_or(text.len(), |at| at + skip);
    }
    let plural = after
        .strip_prefix('s')
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_lowercase()));
    match after.chars().next() {
        _ if plural => upper + 1,
        Some(c) if c.is_ascii_lowercase() => upper - 1,
        Some(c) if c.is_ascii_digit() => {
            upper
                + after
                    .find(|c: char| c.is_ascii_uppercase())
                    .unwrap_or(after.len())
        }
        _ => upper,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(wire: &str, place: Place) -> String {
        rust_name(wire, place).unwrap_or_default()
    }

    #[test]
    fn modules_are_files_and_keep_to_ascii() {
        assert_eq!(name("查询", Place::Module), "u67e5u8be2");
        assert_eq!(name("查询", Place::Type), "查询");
        assert!(!is_usable("查询", Place::Module) && is_usable("查询", Place::Type));
    }

    #[test]
    fn products_leave_the_crate_root_what_it_has() {
        for (folder, module) in [
            ("dataworks-public", "dataworks_public"),
            ("r-kvstore", "r_kvstore"),
            ("match", "match_"),
            ("config", "config_"),
            ("3d-2.0", "_3d_2_0"),
        ] {
            assert_eq!(name(folder, Place::Product), module);
        }
        assert_eq!(feature("dts"), "dts");
        assert_eq!(feature("tracing"), "tracing_");
    }

    #[test]
    fn twins_need_no_underscore_in_the_middle() {
        assert_eq!(json_twin("start_param"), "start_param_json");
        assert_eq!(json_twin("impl_"), "impl_json");
    }

    /// These results are promises: changing one renames public items.
    #[test]
    fn frozen_setters_and_fields() {
        for (wire, rust) in [
            ("DtsJobId", "dts_job_id"),
            ("DBInstanceId", "db_instance_id"),
            ("DBName", "db_name"),
            ("OwnerID", "owner_id"),
            ("DataBaseName", "data_base_name"),
            ("DatabaseName", "database_name"),
            ("ModifyTime_Year", "modify_time_year"),
            ("IP", "ip"),
            ("InstanceIDs", "instance_ids"),
            ("VSwitchId", "vswitch_id"),
            ("Ipv6Address", "ipv6_address"),
            ("IPv6CidrBlock", "ipv6_cidr_block"),
            ("ECS2Type", "ecs2_type"),
            (
                "autoStartModulesAfterConfig",
                "auto_start_modules_after_config",
            ),
            ("StartDISyncInstance", "start_di_sync_instance"),
            ("DescribeDTSIP", "describe_dts_ip"),
            ("a.b", "a_b"),
            ("a-b", "a_b"),
            ("$x", "x"),
            ("3DES", "_3des"),
            ("描述", "描述"),
            ("type", "type_"),
            ("self", "self_"),
            ("r#fn", "r_fn"),
            ("fn", "fn_"),
            ("new", "new_"),
            ("WithTimeout", "with_timeout_"),
            ("WaitUntilReady", "wait_until_ready_"),
            ("Items", "items"),
            ("Pages", "pages"),
        ] {
            assert_eq!(name(wire, Place::Setter), rust, "{wire}");
        }
        assert_eq!(name("new", Place::Field), "new");
    }

    #[test]
    fn frozen_setters_of_lists_in_parts() {
        for (wire, rust) in [
            ("Items", "items_"),
            ("Pages", "pages_"),
            ("PageNumber", "page_number"),
            ("WithTimeout", "with_timeout_"),
            ("type", "type_"),
        ] {
            assert_eq!(name(wire, Place::PagedSetter), rust, "{wire}");
        }
        assert_eq!(name("Items", Place::Field), "items");
    }

    #[test]
    fn frozen_types_and_variants() {
        for (wire, rust) in [
            ("StartDISyncInstance", "StartDISyncInstance"),
            ("createInstance", "CreateInstance"),
            ("type", "Type"),
            ("self", "Self_"),
            ("Result", "Result_"),
            ("Option", "Option_"),
            ("open_struct_Mv", "OpenStructMv"),
        ] {
            assert_eq!(name(wire, Place::Type), rust, "{wire}");
        }
        for (wire, rust) in [
            ("DI_REALTIME", "DiRealtime"),
            ("RDS", "Rds"),
            ("dg", "Dg"),
            ("3DES", "_3des"),
            ("8Core64GB", "_8core64Gb"),
            ("Self", "Self_"),
            ("Unknown", "Unknown_"),
            ("AnalyticDB", "AnalyticDb"),
        ] {
            assert_eq!(name(wire, Place::Variant), rust, "{wire}");
        }
    }

    #[test]
    fn names_without_letters_have_none() {
        for wire in ["", "$", ">", "…", "🚀"] {
            assert_eq!(rust_name(wire, Place::Setter), None, "{wire}");
        }
    }
}
