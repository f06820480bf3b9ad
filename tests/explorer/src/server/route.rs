//! What is at which address, for reading.

use serde_json::json;

use super::State;
use super::reply::Reply;
use crate::catalog::folder;
use crate::form::form;
use crate::render::{ASSETS, Medium, SERVER_ASSETS, errors, home, operation};

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// Answers a request that only reads.
pub(super) fn get(state: &State, path: &str) -> Reply {
    let path = path.trim_start_matches('/');
    let reply = match path {
        "" | "index.html" => Some(Reply::page(home::home(&state.catalog, Medium::Server))),
        "errors.html" => Some(Reply::page(errors::page(Medium::Server))),
        "assets/index.js" => Some(Reply::new(JAVASCRIPT, state.index.clone())),
        "assets/codes.js" => Some(Reply::new(JAVASCRIPT, state.codes.clone())),
        "api/target" => Some(Reply::json(&json!({
            "endpoint": state.target.endpoint,
            "real": state.target.real,
        }))),
        _ => asset(path)
            .or_else(|| shape(state, path))
            .or_else(|| page(state, path)),
    };
    reply.unwrap_or_else(|| Reply::text(404, "there is no such page; / lists the products"))
}

fn asset(path: &str) -> Option<Reply> {
    let name = path.strip_prefix("assets/")?;
    let mut assets = ASSETS.iter().chain(&SERVER_ASSETS);
    let (_, content_type, text) = assets.find(|(known, _, _)| *known == name)?;
    Some(Reply::new(content_type, *text))
}

fn shape(state: &State, path: &str) -> Option<Reply> {
    let entry = state.catalog.find(path.strip_prefix("api/form/")?)?;
    Some(Reply::json(&form(&entry)))
}

fn page(state: &State, path: &str) -> Option<Reply> {
    let address = path.strip_suffix(".html")?;
    if let Some(version) = address.strip_suffix("/index") {
        let mut services = state.catalog.services().iter();
        let service = services.find(|service| folder(service) == version)?;
        return Some(Reply::page(home::version(
            &state.catalog,
            service,
            Medium::Server,
        )));
    }
    let entry = state.catalog.find(address)?;
    Some(Reply::page(operation::page(&entry, Medium::Server)))
}
