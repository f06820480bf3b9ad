//! The success rule of a product: the flag that most of its answers have, and the fields that explain a failure.
//!
//! Only a flag that is explicitly false proves a failure. Codes have no common value for success, so no rule is made of
//! them.

use std::collections::HashMap;

use super::super::draft::{Operation, Schema, Shape, SuccessRule};
use super::paging::resolve;

const FLAGS: &[&str] = &["Success", "success", "IsSuccess", "isSuccess"];
const CODES: &[&str] = &[
    "ErrCode",
    "ErrorCode",
    "errCode",
    "errorCode",
    "error_code",
    "Code",
    "code",
];
const MESSAGES: &[&str] = &[
    "ErrMessage",
    "ErrorMessage",
    "errMessage",
    "errorMessage",
    "error_msg",
    "ErrorMsg",
    "errorMsg",
    "Message",
    "message",
];
const FILLS: &[&str] = &["DynamicMessage", "dynamicMessage"];

/// The rules of the product.
pub(super) fn rules(operations: &[Operation], shared: &HashMap<&str, &Schema>) -> Vec<SuccessRule> {
    let answers: Vec<&Schema> = operations
        .iter()
        .filter_map(|operation| Some(resolve(operation.response.as_ref()?, shared)))
        .collect();
    let rule = |flag: &&str| {
        let with: Vec<&Schema> = answers
            .iter()
            .copied()
            .filter(|answer| has(answer, flag))
            .collect();
        // More than half of all operations, those without an answer included.
        (with.len() * 2 > operations.len()).then(|| SuccessRule {
            field: (*flag).to_owned(),
            others: explained(&with),
        })
    };
    FLAGS.iter().filter_map(rule).collect()
}

/// The fields that explain a failure in most of the answers with the flag.
fn explained(answers: &[&Schema]) -> Vec<(&'static str, String)> {
    let most = |names: &[&str]| {
        let counted = names.iter().rev().map(|name| {
            (
                answers.iter().filter(|answer| has(answer, name)).count(),
                *name,
            )
        });
        counted
            .max_by_key(|(count, _)| *count)
            .filter(|(count, _)| *count > 0)
            .map(|(_, name)| name.to_owned())
    };
    let found = [
        ("code", most(CODES)),
        ("message", most(MESSAGES)),
        ("fill", most(FILLS)),
    ];
    found
        .into_iter()
        .filter_map(|(key, name)| Some((key, name?)))
        .collect()
}

fn has(answer: &Schema, name: &str) -> bool {
    answer
        .members()
        .iter()
        .any(|member| member.wire == name && matches!(member.schema.shape, Shape::Primitive(_)))
}
