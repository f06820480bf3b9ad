//! `service.yaml`.

use super::cursor::{Cursor, Entry};
use super::grammar;
use super::{Lower, Node, Span, Spanned};
use super::{endpoint, enumeration, error_code, schema, success};
use crate::spec::{FileId, Schema, Service};

pub(super) const STYLES: [(&str, bool); 2] = [("rpc", false), ("roa", true)];

/// Reads `service.yaml` of the folder `product/version`. The operations are added later.
pub(in crate::load) fn service(
    lower: &mut Lower<'_>,
    file: FileId,
    product: &str,
    version: &str,
    node: Node,
) -> Option<Service> {
    let place = Span::start_of(file);
    let mut map = Cursor::open(lower, &grammar::SERVICE, "service.yaml", place, node)?;
    let style = map.require(lower, "style", "say rpc or roa");
    let service = Service {
        file,
        folder: product.to_owned(),
        product: name(lower, &mut map, "product", product),
        version: name(lower, &mut map, "version", version),
        title: lower.prose(map.take("title")),
        description: lower.prose(map.take("description")),
        documentation: lower.prose(map.take("documentation")),
        roa: lower.keyword("style", &STYLES, style).unwrap_or_default(),
        ram: lower.prose(map.take("ram")),
        endpoints: endpoint::endpoints(lower, map.take("endpoints")),
        success: success::success(lower, map.take("success")).unwrap_or_default(),
        errors: error_code::of_service(lower, map.take("errors")),
        enums: enumeration::named(lower, map.take("enums")),
        parameter_descriptions: descriptions(lower, map.take("parameter_descriptions")),
        schemas: schemas(lower, map.take("schemas")),
        operations: Vec::new(),
    };
    map.finish(lower);
    Some(service)
}

/// The product or version; that of the folder, when the file does not say.
fn name(
    lower: &mut Lower<'_>,
    map: &mut Cursor,
    key: &'static str,
    folder: &str,
) -> Spanned<String> {
    let entry = map.require(lower, key, &format!("the folder says \"{folder}\""));
    let name = lower.text(entry);
    name.unwrap_or_else(|| Spanned::new(folder.to_owned(), map.place))
}

/// Descriptions by the name of what they describe.
fn descriptions(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<(Spanned<String>, String)> {
    let Some(Entry { name, node, .. }) = entry else {
        return Vec::new();
    };
    let entries = lower
        .mapping(&format!("\"{name}\""), "key", node)
        .unwrap_or_default();
    let read = |(name, node): (Spanned<String>, Node)| {
        let what = format!("the description of \"{}\"", name.value);
        let mut text = lower.item(&what, node)?.value;
        text.truncate(text.trim_end().len());
        Some((name, text))
    };
    entries.into_iter().filter_map(read).collect()
}

fn schemas(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<(Spanned<String>, Schema)> {
    let Some(entry) = entry else {
        return Vec::new();
    };
    let entries = lower
        .mapping("\"schemas\"", "key", entry.node)
        .unwrap_or_default();
    let read = |(name, node): (Spanned<String>, Node)| {
        let what = format!("schema \"{}\"", name.value);
        let schema = schema::nested(lower, &what, name.span, node);
        (name, schema)
    };
    entries.into_iter().map(read).collect()
}
