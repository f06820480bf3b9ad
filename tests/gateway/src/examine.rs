//! From a request to the answer it gets: the order in which things are looked at.
//!
//! First what it is for, then who signed it, then its parameters; the first thing that is wrong decides. A scripted answer
//! takes the place of everything after the signature, or of everything.

use std::sync::Arc;

use alicloud_codegen::spec::Scope;

use crate::answer::{Caller, Reply};
use crate::catalog::Catalog;
use crate::http::Request;
use crate::parameters::{self, Given};
use crate::recorder::{Arrival, Recorder, Verdict};
use crate::refusal::Refusal;
use crate::route::{Route, Target, route};
use crate::script::Scripts;
use crate::shape::Shapes;
use crate::verify::{Scheme, Verifier};

/// What a gateway knows and remembers.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) verifier: Verifier,
    pub(crate) scripts: Scripts,
    /// Whether calls without what they need are refused.
    pub(crate) parameter_checks: bool,
    /// None when nobody will ask what arrived.
    pub(crate) recorder: Option<Recorder>,
}

/// A request together with what was found out about it.
struct Call<'a> {
    request: &'a Request,
    name: &'a str,
    route: Result<&'a Route<'a>, &'a Refusal>,
    shapes: Option<&'a Shapes<'a>>,
    given: &'a Given,
    caller: &'a Caller<'a>,
}

impl State {
    /// Answers a request and records it. One that could not be read is refused for that.
    pub(crate) fn examine(&self, request: &Request, readable: Result<(), Refusal>) -> Reply {
        let mut target = Target::of(request);
        let routed = readable.and_then(|()| route(&self.catalog, request, &target));
        let served = routed.as_ref().ok().map(|route| route.served);
        // An ROA operation need not be named to be found.
        target.action = target
            .action
            .or(served.map(|served| served.spec.name.value.as_str()));
        let shared = served.map(|served| Scope::of_service(&served.service.schemas));
        let shapes = served
            .zip(shared.as_ref())
            .map(|(served, shared)| Shapes::new(served.spec, shared));
        let given = match &routed {
            Ok(route) => parameters::given(request, target.scheme, route),
            Err(_) => parameters::own(request, target.scheme),
        };
        let call = Call {
            request,
            name: target.action.unwrap_or_default(),
            route: routed.as_ref(),
            shapes: shapes.as_ref(),
            given: &given,
            caller: &Caller::of(request, &target),
        };
        let reply = self.judge(&call);
        let reply = reply.unwrap_or_else(|refusal| call.caller.refuse(&refusal));
        self.record(&call, &target, &reply);
        reply
    }

    fn judge(&self, call: &Call<'_>) -> Result<Reply, Refusal> {
        let samples = call.route.ok();
        let samples = samples.map(|route| &route.served.operation.samples);
        if let Some(answer) = self.scripts.take(call.name, false) {
            return Ok(answer.reply(call.caller, samples));
        }
        if let (Err(refusal), false) = (call.route, self.scripts.wait_for(call.name)) {
            return Err(refusal.clone());
        }
        // An operation that takes no signature is not refused for one it does not have.
        let anonymous = call.route.is_ok_and(|route| route.served.spec.anonymous);
        if !(anonymous && Scheme::of(call.request) == Scheme::Unsigned) {
            self.verifier.verify(call.request)?;
        }
        if let Some(answer) = self.scripts.take(call.name, true) {
            return Ok(answer.reply(call.caller, samples));
        }
        let route = call.route.map_err(Clone::clone)?;
        if let Some(shapes) = call.shapes.filter(|_| self.parameter_checks) {
            parameters::check(call.request, route, shapes, call.given)?;
        }
        Ok(call.caller.success(samples))
    }

    fn record(&self, call: &Call<'_>, target: &Target<'_>, reply: &Reply) {
        let arrival = Arrival {
            request: call.request,
            target,
            shapes: call.shapes,
            given: call.given,
        };
        let verdict = Verdict {
            status: reply.status,
            code: reply.code.clone(),
        };
        if let Some(recorder) = &self.recorder {
            recorder.record(&arrival, verdict);
        }
    }
}

#[cfg(test)]
mod tests;
