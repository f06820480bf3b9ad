//! Our client, given the inputs.

use alicloud::client::ServiceClient;
use alicloud::operation::Operation;
use alicloud::{Config, Credentials, Format, Params, RetryPolicy, Signature};
use serde_json::Value as Json;

use crate::inputs::{Input, REGION};

/// Calls an operation. The error code of a refusal.
pub(crate) async fn call(
    endpoint: &str,
    input: &Input,
    signature: Signature,
    format: Format,
) -> Result<Option<String>, String> {
    let config = Config::builder()
        .endpoint(endpoint)
        .credentials(Credentials::new("testAccessKeyId", "testAccessKeySecret"))
        .signature(signature)
        .format(format)
        .retry(RetryPolicy::OFF)
        // Conditions that only documents state are not what is compared.
        .checks(false)
        .build()
        .map_err(|error| error.to_string())?;
    let client = ServiceClient::new(&config, input.entry.service);
    let mut call = client.call(input.entry.operation);
    let operation: &'static Operation = input.entry.operation;
    for parameter in operation.parameters.iter() {
        if parameter.name == REGION {
            call = call.put(REGION, "cn-hangzhou".into());
        }
        if let Some(value) = input.parameters.get(&*parameter.name) {
            call = call.put(&parameter.name, value_of(value));
        }
    }
    match call.send::<alicloud::Value>().await {
        Ok(_) => Ok(None),
        Err(error) => match error.code() {
            Some(code) => Ok(Some(code.to_owned())),
            None => Err(format!("{}: {error}", input.entry.operation.name)),
        },
    }
}

fn value_of(value: &Json) -> alicloud::Value {
    match value {
        Json::Null => alicloud::Value::Null,
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => whole.into(),
            None => number.as_f64().unwrap_or_default().into(),
        },
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => alicloud::Value::List(items.iter().map(value_of).collect()),
        Json::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), value_of(value)))
            .collect::<Params>()
            .into(),
    }
}
