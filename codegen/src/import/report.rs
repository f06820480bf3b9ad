//! What an import did, and what it could not say in the spec language.

use std::fmt;
use std::path::PathBuf;

use super::failure::Failure;
use crate::write::Changes;

/// What became of the metadata files.
#[derive(Debug, Default)]
pub struct Report {
    /// The product versions, in the order of their files.
    pub versions: Vec<Version>,
    /// The files nothing could be made of.
    pub failures: Vec<Failure>,
}

/// What became of one product version.
#[derive(Debug, Default)]
pub struct Version {
    /// The folder of the specs, such as `dts/2020-01-01`.
    pub folder: PathBuf,
    /// How many operations the metadata has.
    pub operations: usize,
    /// What changed in the spec folder, by path below it.
    pub changes: Changes,
    /// Spec files written by hand, which were left alone.
    pub by_hand: Vec<PathBuf>,
    /// What the spec language cannot say, or the metadata does not say well enough to be carried over.
    pub findings: Vec<Finding>,
    /// Where a spec written by hand and the metadata are not of one mind.
    pub disagreements: Vec<Finding>,
    /// What is wrong with the folder now, overlay entries that no longer apply above all; rendered.
    pub problems: Vec<String>,
}

/// One thing that was noticed, at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub kind: Kind,
    /// The operation; `None` for the service as a whole.
    pub operation: Option<String>,
    /// The parameter, field or code, such as `Data.Items.Status`; may be empty.
    pub path: String,
    /// What exactly, in a few words; may be empty.
    pub detail: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.as_deref().unwrap_or("service.yaml"))?;
        if !self.path.is_empty() {
            write!(f, " {}", self.path)?;
        }
        if self.detail.is_empty() {
            Ok(())
        } else {
            write!(f, ": {}", self.detail)
        }
    }
}

/// What kind of thing was noticed. [`Kind::label`] says what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the labels say it")]
pub enum Kind {
    DanglingReference,
    RecursiveReference,
    UnknownType,
    MisplacedParts,
    OpenObject,
    TooDeep,
    FreeAnswerObject,
    DroppedDefault,
    DroppedLimit,
    DroppedPattern,
    DroppedEnum,
    DroppedEnumValue,
    DroppedParameter,
    RepeatedParameter,
    MovedParameter,
    ChangedStyle,
    PathQuery,
    PathHole,
    IgnoredPath,
    Method,
    Xml,
    WebSocket,
    FileUpload,
    Security,
    ErrorStatus,
    ErrorCode,
    ResponseStatus,
    Asynchronous,
    NoRustName,
    DroppedExample,
    DroppedOperation,
    Unreadable,
    AnswerRequirement,
    UnknownKey,
    ParameterMissing,
    ParameterUnknown,
    DifferentType,
    DifferentLocation,
    DifferentRequirement,
    FieldMissing,
    FieldUnknown,
    SchemaMissing,
}

impl Kind {
    /// What the kind means, for a heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::DanglingReference => {
                "references to schemas that do not exist; imported as free JSON"
            }
            Self::RecursiveReference => {
                "schemas other than objects that contain themselves; imported as free JSON"
            }
            Self::UnknownType => "types nobody knows; imported as free JSON",
            Self::MisplacedParts => "parts that do not go with the type, which was believed",
            Self::OpenObject => "objects that allow other fields besides those they name",
            Self::TooDeep => "schemas nested too deeply; imported as free JSON from there on",
            Self::FreeAnswerObject => {
                "lists of nothing in particular; imported as lists of free JSON"
            }
            Self::DroppedDefault => "defaults that are no value of their parameter",
            Self::DroppedLimit => "limits that do not go with the type or make no sense",
            Self::DroppedPattern => "patterns on something that is no text",
            Self::DroppedEnum => {
                "lists of values on something that is neither text nor a whole number"
            }
            Self::DroppedEnumValue => "enum values that are explanations or no value of the type",
            Self::DroppedParameter => "parameters that cannot be sent",
            Self::RepeatedParameter => "parameters listed twice; the first was kept",
            Self::MovedParameter => "parameters that travel elsewhere than the metadata says",
            Self::ChangedStyle => "parameters written in another style than the metadata says",
            Self::PathQuery => "paths with a query in them, which is not signed as one",
            Self::PathHole => "paths whose holes and parameters do not fit together",
            Self::IgnoredPath => "paths of operations that are called by name",
            Self::Method => "HTTP methods nobody knows",
            Self::Xml => "operations that speak XML, which this client does not",
            Self::WebSocket => "operations over web sockets; imported as ordinary calls",
            Self::FileUpload => {
                "parameters that take the address of a file; the file has to be uploaded first"
            }
            Self::Security => "operations that do not accept access keys",
            Self::ErrorStatus => "error codes under something that is no HTTP status",
            Self::ErrorCode => "error codes without a name",
            Self::ResponseStatus => "responses under something that is no HTTP status",
            Self::Asynchronous => {
                "operations that are to be asked how far another is, and cannot be"
            }
            Self::NoRustName => "names that leave nothing for Rust; imported as free JSON",
            Self::DroppedExample => "example answers that do not fit their schema",
            Self::DroppedOperation => "operations whose file would collide with another",
            Self::Unreadable => "things of another kind than they should be",
            Self::AnswerRequirement => {
                "answer fields marked as required, which decoding does not rely on"
            }
            Self::UnknownKey => "keys nobody knows",
            Self::ParameterMissing => "parameters only the metadata has",
            Self::ParameterUnknown => "parameters the metadata does not have",
            Self::DifferentType => "parameters and fields of another type in the metadata",
            Self::DifferentLocation => "parameters that travel elsewhere in the metadata",
            Self::DifferentRequirement => "parameters otherwise required in the metadata",
            Self::FieldMissing => "answer fields only the metadata has",
            Self::FieldUnknown => "answer fields the metadata does not have",
            Self::SchemaMissing => "shared schemas that the service.yaml written by hand lacks",
        }
    }
}
