//! The admin path: what tests in Rust do with a `Gateway`, for those who talk to the program.
//!
//! `/__gateway/...` is no path of any service. Requests to it are JSON, are not signed and are neither counted nor
//! recorded. The content type is insisted on, so that no web page in a browser can get here without being asked first.

use serde_json::{Value, json};

use crate::answer::{Caller, JSON, Reply};
use crate::examine::State;
use crate::fault::injections;
use crate::http::Request;
use crate::refusal::Refusal;
use crate::route::Target;

const PREFIX: &str = "/__gateway/";

/// The answer to a request to the admin path; nothing for any other.
pub(crate) fn answer(state: &State, request: &Request) -> Option<Reply> {
    let path = request.path().strip_prefix(PREFIX)?;
    let caller = Caller::of(request, &Target::of(request));
    let reply = match act(state, request, path) {
        Ok(document) => caller.reply(200, JSON, document.to_string()),
        Err(refusal) => caller.refuse(&refusal),
    };
    Some(state.dated(reply))
}

fn act(state: &State, request: &Request, path: &str) -> Result<Value, Refusal> {
    match (request.method(), path) {
        ("GET", "counts") => Ok(counts(state)),
        ("POST", "faults") => {
            let injections = injections(&body(request)?).map_err(wrong)?;
            for injection in &injections {
                let (operation, times) = (&injection.operation, injection.times);
                state.faults.push(operation, injection.fault, times);
            }
            Ok(json!({"injected": injections.len()}))
        }
        ("DELETE", "faults") => {
            state.faults.clear();
            Ok(json!({}))
        }
        ("POST", "clock") => {
            let seconds = body(request)?["offset_seconds"].as_i64();
            let seconds = seconds.ok_or_else(|| wrong("\"offset_seconds\" is a whole number"))?;
            state.clock.set_offset(seconds);
            Ok(json!({"offset_seconds": seconds}))
        }
        ("POST", "failed-prechecks") => {
            let document = body(request)?;
            let job = document["job"].as_str();
            let job = job.ok_or_else(|| wrong("\"job\" is the ID of a job"))?;
            match state
                .jobs
                .as_ref()
                .is_some_and(|jobs| jobs.fail_precheck(job))
            {
                true => Ok(json!({})),
                false => Err(wrong(format!("there is no job {job:?}"))),
            }
        }
        ("POST", "lists") => {
            let mut document = body(request)?;
            let items = document.get_mut("items").map(Value::take);
            let operation = document["operation"].as_str();
            let (Some(operation), Some(Value::Array(items))) = (operation, items) else {
                return Err(wrong("\"operation\" is a name, and \"items\" a list"));
            };
            let served = state.lists.serve(&state.catalog, operation, items);
            served.map_err(|error| wrong(error.to_string()))?;
            Ok(json!({}))
        }
        ("POST", "expired-keys") => {
            state.verifier.expire_issued();
            Ok(json!({}))
        }
        _ => {
            let message = "There is counts to GET, faults to POST and DELETE, and clock, expired-keys, failed-prechecks \
                           and lists to POST.";
            Err(Refusal::new(404, "InvalidAdminPath", message))
        }
    }
}

fn counts(state: &State) -> Value {
    let operations = state.counters.all().into_iter();
    let operations: serde_json::Map<_, _> = operations
        .map(|(operation, counts)| {
            let counts = json!({"received": counts.received, "executed": counts.executed});
            (operation, counts)
        })
        .collect();
    json!({"connections": state.connections(), "operations": operations})
}

fn body(request: &Request) -> Result<Value, Refusal> {
    let content_type = request.header("content-type").unwrap_or_default();
    if !content_type.starts_with("application/json") {
        return Err(wrong("the content type must be application/json"));
    }
    let body = serde_json::from_slice(request.body());
    body.map_err(|error| wrong(format!("the body is no JSON: {error}")))
}

fn wrong(message: impl Into<String>) -> Refusal {
    Refusal::new(400, "InvalidAdminRequest", message)
}
