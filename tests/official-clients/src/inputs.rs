//! Inputs, made of the descriptors: the same on every run.

use alicloud::encode::Separator;
use alicloud::operation::{Bound, Kind, Location, Parameter, Requirement, Style};
use alicloud_operations::{Entry, OPERATIONS};
use serde_json::{Map, Value, json};

/// The product versions whose operations are called.
const VERSIONS: [&str; 2] = ["dts::v20200101", "dataworks_public::v20200518"];

/// Text that every layer between a caller and the service has its own idea of.
const TEXTS: [&str; 12] = [
    "plain",
    "a b",
    "a+b",
    "100%",
    "a&b=c",
    "\u{4e2d}\u{6587} \u{1f680}",
    "*~'()!",
    "/?#[]@",
    "\"quoted\" \\ back",
    "x\ty",
    "[1,2]",
    "%2F%zz",
];

/// The parameter with the region.
pub(crate) const REGION: &str = "RegionId";

/// How deep objects are filled.
const DEPTH: usize = 3;

/// A call.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) entry: &'static Entry,
    /// Parameters by their names on the wire, of the types they have.
    pub(crate) parameters: Map<String, Value>,
    /// Whether no parameter has parts.
    pub(crate) scalar: bool,
}

impl Input {
    /// What a driver is told. Lists in one string are strings to the official clients.
    pub(crate) fn to_json(&self) -> Value {
        let parameters = self.parameters.iter().map(|(name, value)| {
            let known = Parameter::find(&self.entry.operation.parameters, name);
            let value = match known.map(|parameter| parameter.style) {
                Some(Style::Joined(separator)) => joined(value, separator),
                _ => value.clone(),
            };
            (name.clone(), value)
        });
        let mut parameters: Map<_, _> = parameters.collect();
        if Parameter::find(&self.entry.operation.parameters, REGION).is_some() {
            parameters.insert(REGION.into(), json!("cn-hangzhou"));
        }
        json!({
            "module": self.entry.module,
            "version": self.entry.service.version,
            "operation": self.entry.operation.name,
            "parameters": parameters,
            "scalar": self.scalar,
        })
    }
}

/// The items of a list in one string.
fn joined(value: &Value, separator: Separator) -> Value {
    let sign = match separator {
        Separator::Comma => ",",
        Separator::Space => " ",
        _ => "|",
    };
    let items = value.as_array().into_iter().flatten();
    let items = items.filter_map(Value::as_str);
    json!(items.collect::<Vec<_>>().join(sign))
}

/// A call of every operation of the product versions.
pub(crate) fn inputs() -> Vec<Input> {
    let wanted = OPERATIONS
        .iter()
        .filter(|entry| VERSIONS.contains(&entry.module));
    wanted
        .enumerate()
        .map(|(seed, entry)| input(seed as u64, entry))
        .collect()
}

fn input(seed: u64, entry: &'static Entry) -> Input {
    let mut numbers = Numbers(seed.wrapping_mul(7_919).wrapping_add(11));
    let mut parameters = Map::new();
    let mut scalar = true;
    for parameter in entry.operation.parameters.iter() {
        let travels = matches!(parameter.location, Location::Query | Location::Form);
        // Some clients set the region themselves.
        let own = parameter.name == REGION;
        // Ours makes a token where none is given.
        let token = entry.operation.idempotency_token.as_deref() == Some(&*parameter.name);
        let required = token || parameter.required == Requirement::Required;
        if !travels || own || !(required || numbers.below(3) > 0) {
            continue;
        }
        let in_parts = matches!(
            parameter.kind,
            Kind::List | Kind::Map | Kind::Object | Kind::Any
        );
        scalar &= !in_parts || matches!(parameter.style, Style::Joined(_));
        parameters.insert(
            parameter.name.clone().into_owned(),
            numbers.value(parameter, 0),
        );
    }
    Input {
        entry,
        parameters,
        scalar,
    }
}

/// Numbers that look random (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
        self.0 = self
            .0
            .wrapping_mul(MULTIPLIER)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound.max(1)
    }

    fn text(&mut self) -> String {
        TEXTS[self.below(TEXTS.len())].to_owned()
    }

    fn value(&mut self, parameter: &Parameter, depth: usize) -> Value {
        match parameter.kind {
            Kind::Boolean => json!(self.below(2) == 1),
            Kind::Int32 | Kind::Int64 => json!(self.whole(parameter)),
            Kind::Float | Kind::Double => {
                json!(0.5 + f64::from(u32::try_from(self.below(8)).unwrap_or_default()))
            }
            Kind::List => (0..=self.below(3))
                .map(|_| self.item(parameter, depth))
                .collect(),
            Kind::Map => json!({"one": self.text(), "two": self.text()}),
            Kind::Object => self.object(parameter, depth),
            _ => json!(self.text()),
        }
    }

    /// An item of a list. Items of joined lists keep clear of what joins them.
    fn item(&mut self, parameter: &Parameter, depth: usize) -> Value {
        match parameter.style {
            Style::Joined(_) => json!(self.below(1000).to_string()),
            _ if !parameter.fields.is_empty() => self.object(parameter, depth),
            _ => json!(self.below(1000).to_string()),
        }
    }

    fn object(&mut self, parameter: &Parameter, depth: usize) -> Value {
        if depth >= DEPTH || parameter.fields.is_empty() {
            return json!({"key": self.text()});
        }
        let fields = parameter.fields.iter();
        let members = fields.map(|field| {
            (
                field.name.clone().into_owned(),
                self.value(field, depth + 1),
            )
        });
        Value::Object(members.collect())
    }

    /// A whole number within the limits.
    fn whole(&mut self, parameter: &Parameter) -> i64 {
        let whole = |bound: Option<Bound>| match bound {
            Some(Bound::Int(number)) => Some(number),
            _ => None,
        };
        // JavaScript has no whole numbers of 64 bits.
        let least = whole(parameter.limits.minimum).unwrap_or(1).max(-1_000_000);
        let most = whole(parameter.limits.maximum).unwrap_or(i64::from(i32::MAX));
        let number = least.saturating_add(i64::try_from(self.below(50)).unwrap_or_default());
        number.min(most)
    }
}
