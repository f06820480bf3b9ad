//! Every operation of the generated crate in one table, for tests of what holds for all of them.

use alicloud::Bytes;
use alicloud::client::Typed;
use alicloud::decode::{Answer, Malformed, Observed};
use alicloud::operation::{Descriptor, Service};

/// An operation.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The path of its version's module, such as `dts::v20200101`.
    pub module: &'static str,
    /// The descriptor of its product version.
    pub service: &'static Service,
    /// Its descriptor.
    pub operation: &'static Descriptor,
    /// Reads the body of an answer into its type: that as JSON, and how many values fitted nothing.
    pub read: fn(&Bytes) -> Result<(serde_json::Value, usize), Malformed>,
}

/// All operations, by product version and name.
pub static OPERATIONS: &[Entry] = include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// The operation of that name in the product version with that module.
#[must_use]
pub fn find(module: &str, operation: &str) -> Option<&'static Entry> {
    OPERATIONS
        .iter()
        .find(|entry| entry.module == module && entry.operation.name == operation)
}

fn read<T>(body: &Bytes) -> Result<(serde_json::Value, usize), Malformed>
where
    T: Typed,
    T::Answer: Answer + serde::Serialize,
{
    let (answer, misfits) = T::Answer::read(body, &mut Observed::default())?;
    let json = serde_json::to_value(answer)
        .map_err(|_| Malformed::new("an answer that cannot be written as JSON", 0))?;
    Ok((json, misfits))
}
