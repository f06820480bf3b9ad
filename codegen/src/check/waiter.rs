//! Waiters: the field they look at tells a state, and the values they look for can be had.

use super::{Context, field, primitive, remedy, schema};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{Kind, Spanned, Waiter};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for waiter in &context.operation.waiters {
        name(&waiter.name, diagnostics);
        times(waiter, diagnostics);
        contradictions(waiter, diagnostics);
        values(context, waiter, diagnostics);
        if context.operation.streams {
            let message = "a stream of events tells no state to wait for; remove the waiter";
            diagnostics.report(catalogue::WAITER_OF_STREAM, waiter.name.span, message);
        }
    }
}

/// The name becomes that of a method and of a `static`, both as it is.
fn name(name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if !name.value.split('_').all(is_word) {
        let message = format!(
            "the waiter's name \"{}\" must be in snake_case, such as \"precheck_passed\"",
            name.value
        );
        diagnostics.report(catalogue::WAITER_NAME, name.span, message);
    }
}

fn times(waiter: &Waiter, diagnostics: &mut Diagnostics) {
    let (interval, deadline) = (&waiter.interval, &waiter.deadline);
    for (what, seconds) in [("interval", interval), ("deadline", deadline)] {
        if seconds.value == 0 {
            let message = format!("\"{what}\" must be at least one second");
            diagnostics.report(catalogue::WAITER_TIMES, seconds.span, message);
        }
    }
    if interval.value > deadline.value && deadline.value > 0 {
        let message = format!(
            "the interval of {} seconds is longer than the deadline of {}; correct one of them",
            interval.value, deadline.value
        );
        diagnostics.report(catalogue::WAITER_TIMES, interval.span, message);
    }
}

/// No value is listed twice, least of all as both wanted and failed. Waiting takes no notice of letter case.
fn contradictions(waiter: &Waiter, diagnostics: &mut Diagnostics) {
    let listed: Vec<&Spanned<String>> = waiter.wanted.iter().chain(&waiter.failed).collect();
    for (at, value) in listed.iter().enumerate() {
        let Some(before) = listed
            .iter()
            .take(at)
            .position(|other| other.value.eq_ignore_ascii_case(&value.value))
        else {
            continue;
        };
        let both = before < waiter.wanted.len() && at >= waiter.wanted.len();
        let problem = if both {
            "as both wanted and failed"
        } else {
            "twice"
        };
        let message = format!("the waiter lists \"{}\" {problem}; remove one", value.value);
        diagnostics.report(catalogue::LISTED_TWICE, value.span, message);
    }
}

/// The field is there, has one value, and that can be any of those listed.
fn values(context: &Context<'_>, waiter: &Waiter, diagnostics: &mut Diagnostics) {
    let Some(state) = field::scalar(context, &waiter.field, diagnostics) else {
        return;
    };
    let Kind::Primitive(primitive) = state.kind else {
        return;
    };
    let known = schema::enum_values(context.facts, state);
    for value in waiter.wanted.iter().chain(&waiter.failed) {
        let written = &value.value;
        if !primitive::is(primitive, written) {
            let (name, remedy) = (primitive::name(primitive), primitive::remedy(primitive));
            let message = format!(
                "\"{}\" is {name} and never \"{written}\"; {remedy}",
                waiter.field.value
            );
            diagnostics.report(catalogue::WRONG_VALUE, value.span, message);
        } else if let Some(known) = known
            && !known.iter().any(|known| known.value.value == *written)
        {
            let known = known.iter().map(|known| known.value.value.as_str());
            let remedy = remedy(written, known, "add it to the enum or take another");
            let message = format!("\"{written}\" is not a value of the enum{remedy}");
            diagnostics.report(catalogue::NOT_IN_ENUM, value.span, message);
        }
    }
}
