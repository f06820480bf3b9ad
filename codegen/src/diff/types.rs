//! Types as people write them.

use crate::model::{AnswerType, Argument, FieldType, Home, Operation, TypePath};

/// A named type, from the module of the product version.
fn path(path: &TypePath, module: &str) -> String {
    match path.home {
        Home::Operation => format!("{module}::{}", path.name),
        Home::Types => format!("types::{}", path.name),
        Home::Params => format!("params::{}", path.name),
    }
}

/// What a setter takes.
pub(super) fn argument(argument: &Argument, module: &str) -> String {
    match argument {
        Argument::Text => "text".into(),
        Argument::Bool => "bool".into(),
        Argument::Int32 => "i32".into(),
        Argument::Int64 => "i64".into(),
        Argument::Float => "f32".into(),
        Argument::Double => "f64".into(),
        Argument::Binary => "bytes".into(),
        Argument::Any => "Json".into(),
        Argument::Enum(name) | Argument::Face(name) => path(name, module),
        Argument::List(item) => format!("list of {}", self::argument(item, module)),
        Argument::Map(value) => format!("map of {}", self::argument(value, module)),
    }
}

/// What a field holds.
pub(super) fn field(ty: &FieldType, module: &str) -> String {
    match ty {
        FieldType::Text => "String".into(),
        FieldType::Secret => "Secret".into(),
        FieldType::Bool => "bool".into(),
        FieldType::Int => "i64".into(),
        FieldType::Float => "f64".into(),
        FieldType::Any => "Json".into(),
        FieldType::Enum(name) | FieldType::Struct(name) => path(name, module),
        FieldType::Boxed(name) => format!("Box<{}>", path(name, module)),
        FieldType::List(item) => format!("Vec<{}>", field(item, module)),
        FieldType::Map(value) => format!("map of {}", field(value, module)),
    }
}

/// What an operation answers with.
pub(super) fn answer(operation: &Operation) -> String {
    let one = match &operation.answer {
        AnswerType::Struct => operation.response.clone(),
        AnswerType::Binary => "bytes".into(),
        AnswerType::Plain(ty) => field(ty, &operation.module),
    };
    match operation.streams {
        true => format!("a stream of {one}"),
        false => one,
    }
}
