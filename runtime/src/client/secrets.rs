//! What a call holds secret.

use super::course::Course;
use super::{Call, ServiceClient};
use crate::operation::secrets::hold;
use crate::redact::{Redactor, is_secret_name};

/// A redactor that knows every secret of the call so far: keys, tokens, signatures, parameters and headers.
#[cold]
pub(super) fn redactor(call: &Call<ServiceClient>, course: &Course) -> Redactor {
    let mut redactor = Redactor::new();
    let options = call.options();
    let added = course.added.as_ref();
    let params = added.map(|(_, params)| params);
    for params in [&call.params, &options.params].into_iter().chain(params) {
        hold(&mut redactor, &call.operation, params);
    }
    let headers = added.map(|(headers, _)| headers).into_iter().flatten();
    for (name, value) in options.headers.iter().chain(headers) {
        if is_secret_name(name) {
            redactor.hold(value);
        }
        redactor.hold_from(value);
    }
    for (key, signature) in course.signers() {
        let tokens = [key.security_token(), key.bearer_token()];
        let secrets = tokens
            .into_iter()
            .flatten()
            .chain([key.access_key_secret()]);
        secrets.for_each(|secret| redactor.hold(secret.expose()));
        redactor.hold(signature);
    }
    redactor
}
