//! Vectors that are requests: by which means each is made again, and what is compared.

use std::collections::BTreeSet;
use std::path::Path;

use alicloud_codegen::model::{Model, Operation, Version};
use serde_json::Value as Json;

use crate::compare::{v1, v3};
use crate::emitted::{self, Calls};
use crate::imported::{self, Imported};
use crate::input::{input, with_recorded_texts};
use crate::made::Made;
use crate::outcome::{Checked, Means, Outcome};
use crate::raw::RawCall;
use crate::recorded;
use crate::settings::{has, settings};
use crate::vector::{Kind, Vector};

/// Where V1 parameters can travel.
const PLACEMENTS: [&str; 3] = ["Split", "Body", "Query"];

/// How a vector is made again.
enum Route {
    /// By emitted Rust: the numbers of its answers, in the order of [`wanted`].
    Emitted(Vec<usize>),
    /// By raw calls: the requests, in that order.
    Raw(Means, Vec<Result<Made, String>>),
    /// Not at all.
    Settled(Checked),
}

/// Which texts of JSON parameters and bodies go in, and where V1 parameters travel.
#[derive(Clone, Copy)]
struct Wanted {
    recorded_texts: bool,
    placement: &'static str,
}

/// The requests to be made for a vector.
fn wanted(kind: Kind) -> Vec<Wanted> {
    let of = |recorded_texts, placement| Wanted {
        recorded_texts,
        placement,
    };
    match kind {
        Kind::V3 => vec![of(false, "Body"), of(true, "Body")],
        Kind::V1Rpc => PLACEMENTS.map(|placement| of(true, placement)).to_vec(),
        Kind::V1Roa => vec![of(true, "Body")],
        _ => vec![of(false, "Body")],
    }
}

/// Checks vectors that are requests; what became of each, in order.
pub(crate) fn check_all(
    vectors: &[&Vector],
    model: &Model,
    metadata: &Path,
    root: &Path,
) -> Result<Vec<Checked>, String> {
    let unmodelled = vectors
        .iter()
        .filter(|it| emitted::find(model, it).is_none());
    let keys: BTreeSet<_> = unmodelled.filter_map(|it| imported::key(it)).collect();
    let folder = root.join("target/conformance/imported");
    let imported = Imported::read(metadata, &folder, &keys)?;
    let mut calls = Calls::default();
    let routes: Vec<Route> = vectors
        .iter()
        .map(|vector| route(vector, model, &imported, &mut calls))
        .collect();
    let answers = calls.run(root)?;
    let checked = vectors.iter().zip(routes).map(|(vector, route)| {
        let (means, made) = match route {
            Route::Settled(checked) => return checked,
            Route::Raw(means, made) => (means, made),
            Route::Emitted(numbers) => {
                let made = numbers.iter().filter_map(|number| answers.get(*number));
                (Means::Emitted, made.cloned().collect())
            }
        };
        compare(vector, means, made)
    });
    Ok(checked.collect())
}

fn route(vector: &Vector, model: &Model, imported: &Imported, calls: &mut Calls) -> Route {
    let kind = match vector.kind() {
        Ok(kind) => kind,
        Err(why) => return Route::Settled(Err(why)),
    };
    let settled = match kind {
        Kind::V3 => v3::not_applicable(vector),
        Kind::V1Rpc if vector.optional("/kind") == Some("signature-only") => {
            return Route::Settled(v1::check_text(vector));
        }
        Kind::V1Rpc => v1::not_applicable(vector),
        _ => None,
    };
    if let Some(why) = settled {
        return Route::Settled(Ok(Outcome::NotApplicable(why)));
    }
    if vector.value("/input_raw").is_none()
        && let Some((version, operation)) = emitted::find(model, vector)
    {
        match input(vector, version, operation) {
            Ok(input) if can_say(vector, operation, &input) => {
                let numbers = emit(vector, kind, (version, operation), &input, calls);
                return Route::Emitted(numbers);
            }
            Ok(_) => {}
            Err(why) => return Route::Settled(Err(why)),
        }
    }
    let raw = match imported.call(vector) {
        Ok(Some(call)) if call.lacks_body() => {
            let why = "a required body left out: refused before it is sent";
            return Route::Settled(Ok(Outcome::NotApplicable(why)));
        }
        Ok(Some(call)) => Ok((Means::Imported, call)),
        Ok(None) => recorded::call(vector).map(|call| (Means::Recorded, call)),
        Err(why) => Err(why),
    };
    match raw {
        Ok((means, call)) => Route::Raw(means, raw_requests(vector, kind, &call)),
        Err(why) => Route::Settled(Err(why)),
    }
}

/// Adds the requests of a vector to the emitted Rust; their numbers.
fn emit(
    vector: &Vector,
    kind: Kind,
    (version, operation): (&Version, &Operation),
    given: &Json,
    calls: &mut Calls,
) -> Vec<usize> {
    let token = operation.idempotency_token.as_deref();
    let requests = wanted(kind).into_iter().map(|wanted| {
        let mut input = given.clone();
        if wanted.recorded_texts {
            input = with_recorded_texts(input, vector, operation);
        }
        let call = calls.add(version, operation, &input);
        let mut settings = settings(vector, wanted.placement, &names(vector));
        without_token(&mut settings, vector, token);
        calls.request(call, settings)
    });
    requests.collect()
}

/// Whether setters and `with_parameter` can say everything. Of a parameter of a newer client that no spec knows, somebody
/// has to say that it travels in the form, or in one piece.
fn can_say(vector: &Vector, operation: &Operation, input: &Json) -> bool {
    if !matches!(vector.kind(), Ok(Kind::V3 | Kind::Operation)) {
        return true;
    }
    let form = vector.pairs("/expected/form");
    let mut names = input
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name);
    names.all(|name| {
        let mut known = operation.parameters.iter();
        let in_one_piece = vector.lists("/json_params", name)
            || vector.object("/joined_params").contains_key(name);
        known.any(|known| known.wire == *name) || !has(&form, name) && !in_one_piece
    })
}

/// The names of everything a vector's input has.
fn names(vector: &Vector) -> Vec<String> {
    let input = vector.object("/input");
    let of = |pointer: &str| vector.object(pointer).keys().cloned().collect::<Vec<_>>();
    if input.contains_key("query") && input.contains_key("form") {
        return [of("/input/query"), of("/input/form")].concat();
    }
    of("/input")
}

/// Keeps the client from making an idempotency token, which recorded clients leave to their callers.
fn without_token(settings: &mut Json, vector: &Vector, token: Option<&str>) {
    if let Some(token) = token.filter(|token| !has(&vector.all_pairs(), token)) {
        settings["unset"] = [token].into_iter().map(Json::from).collect();
    }
}

fn raw_requests(vector: &Vector, kind: Kind, call: &RawCall) -> Vec<Result<Made, String>> {
    let given = call.given();
    let requests = wanted(kind).into_iter().map(|wanted| {
        let call = if wanted.recorded_texts {
            call.clone().with_recorded_texts(vector)
        } else {
            call.clone()
        };
        let mut settings = settings(vector, wanted.placement, &given);
        without_token(
            &mut settings,
            vector,
            call.operation.idempotency_token.as_deref(),
        );
        call.prepare(&settings)
    });
    requests.collect()
}

fn compare(vector: &Vector, means: Means, made: Vec<Result<Made, String>>) -> Checked {
    let made = made.into_iter().collect::<Result<Vec<_>, _>>()?;
    match (vector.kind()?, made.as_slice()) {
        (Kind::V3, [ours, exact]) => {
            v3::check_serialization(vector, ours)?;
            v3::check_exactly(vector, exact)?;
            v3::check_signature(vector, exact)?;
        }
        (Kind::V1Rpc, made) if made.len() == PLACEMENTS.len() => {
            for (placement, ours) in PLACEMENTS.into_iter().zip(made) {
                v1::check_rpc(vector, placement, ours)?;
            }
        }
        (Kind::V1Roa, [ours]) => v1::check_roa(vector, ours)?,
        (Kind::Operation, [ours]) => v3::check_serialization(vector, ours)?,
        (_, made) => return Err(format!("{} requests were made of it", made.len())),
    }
    Ok(Outcome::Passed(means))
}
