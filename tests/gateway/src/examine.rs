//! From a request to the answer it gets: the order in which things are looked at.
//!
//! First what it is for, then who signed it, then its parameters; the first thing that is wrong decides. What passes is
//! executed: a list that was laid down, a job, a key to issue, or else an example of the spec. A scripted answer takes the
//! place of everything after the signature, or of everything. Faults strike in between (`fault`).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use alicloud_codegen::spec::Scope;
use alicloud_runtime::Credentials;
use alicloud_runtime::time::Clock;
use serde_json::{Value, json};

use crate::answer::{Caller, Reply};
use crate::catalog::Catalog;
use crate::clock::{SkewedClock, http_date};
use crate::counts::Counters;
use crate::fault::{Faults, Stage};
use crate::http::Request;
use crate::idempotency::Answered;
use crate::jobs::Jobs;
use crate::lists::Lists;
use crate::parameters::{self, Given};
use crate::project::{project, set};
use crate::recorder::{Arrival, CAPACITY, Recorder, Verdict};
use crate::refusal::Refusal;
use crate::route::{Route, Target, route};
use crate::sample::Samples;
use crate::script::{Answer, Scripts};
use crate::shape::Shapes;
use crate::sts;
use crate::verify::{Scheme, Verifier};

/// What a gateway knows and remembers.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) clock: SkewedClock,
    pub(crate) verifier: Verifier,
    pub(crate) scripts: Scripts,
    pub(crate) faults: Faults,
    pub(crate) lists: Lists,
    /// None when operations on jobs answer with their examples.
    pub(crate) jobs: Option<Jobs>,
    pub(crate) counters: Counters,
    pub(crate) answered: Answered,
    pub(crate) accepted: AtomicU64,
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

impl<'a> Call<'a> {
    fn samples(&self) -> Option<&'a Samples> {
        let route = self.route.ok()?;
        Some(&route.served.operation.samples)
    }

    /// Whether it has no signature and needs none.
    fn is_anonymous(&self) -> bool {
        let unsigned = Scheme::of(self.request) == Scheme::Unsigned;
        unsigned
            && self.route.is_ok_and(|route| {
                let served = route.served;
                let product = &served.service.product.value;
                served.spec.anonymous || sts::needs_no_signature(product, &served.spec.name.value)
            })
    }
}

impl State {
    /// A gateway that knows these keys, with everything else as usual.
    pub(crate) fn new(
        catalog: Arc<Catalog>,
        keys: Vec<Credentials>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let clock = SkewedClock::new(clock);
        Self {
            catalog,
            verifier: Verifier::with_clock(keys, Arc::new(clock.clone())),
            clock,
            scripts: Scripts::default(),
            faults: Faults::default(),
            lists: Lists::default(),
            jobs: None,
            counters: Counters::default(),
            answered: Answered::default(),
            accepted: AtomicU64::new(0),
            parameter_checks: true,
            recorder: Some(Recorder::new(CAPACITY)),
        }
    }

    pub(crate) fn count_connection(&self) {
        self.accepted.fetch_add(1, Ordering::Relaxed);
    }

    /// How many connections were accepted.
    pub(crate) fn connections(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }

    /// What becomes of a request that a fault keeps from being read. `head` is the request without its body.
    pub(crate) fn turn_away(&self, head: impl FnOnce() -> Request) -> Option<Reply> {
        if !self.faults.wait_for_heads() {
            return None;
        }
        let head = head();
        let target = Target::of(&head);
        let routed = route(&self.catalog, &head, &target).ok();
        let found = routed.map(|route| route.served.spec.name.value.as_str());
        let name = target.action.or(found).unwrap_or_default();
        let fault = self.faults.take(name, Stage::Head)?;
        self.counters.received(name);
        Some(fault.prevent(&Caller::of(&head, &target), &head))
    }

    /// The answer with the time the gateway believes in.
    pub(crate) fn dated(&self, mut reply: Reply) -> Reply {
        let mut headers = reply.headers.iter();
        if !headers.any(|(name, _)| name.eq_ignore_ascii_case("date")) {
            let date = http_date(self.clock.now());
            reply.headers.push(("date".to_owned(), date));
        }
        reply
    }

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
        self.counters.received(call.name);
        let reply = self.judge(&call);
        let reply = reply.unwrap_or_else(|refusal| call.caller.refuse(&refusal));
        let reply = self.dated(reply);
        self.record(&call, &target, &reply);
        reply
    }

    fn judge(&self, call: &Call<'_>) -> Result<Reply, Refusal> {
        // Only the body said which operation it is for, so this comes a little late.
        if let Some(fault) = self.faults.take(call.name, Stage::Head) {
            return Ok(fault.prevent(call.caller, call.request));
        }
        if let Some(answer) = self.scripts.take(call.name, false) {
            return Ok(self.play(call, answer));
        }
        if let (Err(refusal), false) = (call.route, self.scripts.wait_for(call.name)) {
            return Err(refusal.clone());
        }
        if !call.is_anonymous() {
            self.verifier.verify(call.request)?;
        }
        if let Some(fault) = self.faults.take(call.name, Stage::Read) {
            return Ok(fault.prevent(call.caller, call.request));
        }
        let reply = match self.scripts.take(call.name, true) {
            Some(answer) => self.play(call, answer),
            None => self.execute(call)?,
        };
        Ok(match self.faults.take(call.name, Stage::Answer) {
            Some(fault) => fault.distort(reply, call.caller, call.samples()),
            None => reply,
        })
    }

    /// A scripted answer; with the status of an error it stands for a call that was not executed.
    fn play(&self, call: &Call<'_>, answer: Answer) -> Reply {
        let reply = answer.reply(call.caller, call.samples());
        if reply.status < 400 {
            self.counters.executed(call.name);
        }
        reply
    }

    /// Checks the parameters, and answers as the service would: once for each idempotency token.
    fn execute(&self, call: &Call<'_>) -> Result<Reply, Refusal> {
        let route = call.route.map_err(Clone::clone)?;
        if let Some(shapes) = call.shapes.filter(|_| self.parameter_checks) {
            parameters::check(call.request, route, shapes, call.given)?;
        }
        let served = route.served;
        let token = served.spec.idempotency_token.as_ref();
        let token = token.and_then(|name| call.given.get(&name.value));
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            return self.run(call, route).map(|(reply, _)| reply);
        };
        let (service, name) = (served.service, &served.spec.name.value);
        let operation = format!("{}/{}/{name}", service.folder, service.version.value);
        let key = (operation, token.clone());
        self.answered.once(key, || self.run(call, route))
    }

    /// The answer, and whether the call had an effect.
    fn run(&self, call: &Call<'_>, route: &Route<'_>) -> Result<(Reply, bool), Refusal> {
        let (served, given) = (route.served, call.given);
        let (name, id) = (&served.spec.name.value, call.caller.request_id());
        let now = self.clock.now();
        let tell = |mut facts: Value| {
            set(&mut facts, "RequestId", json!(id));
            let document = project(served.service, served.spec, &facts);
            call.caller.document(name, document.as_ref())
        };
        let jobs = || self.jobs.as_ref()?.answer(served, given, now);
        let keys = || {
            let sts = served.service.product.value == "Sts";
            sts.then(|| sts::answer(&self.verifier, now, name, given))?
        };
        let (reply, effective) = if let Some(list) = self.lists.answer(served, given, id) {
            (call.caller.document(name, Some(&list?)), true)
        } else if let Some(outcome) = jobs() {
            let outcome = outcome?;
            (tell(outcome.facts), outcome.done)
        } else if let Some(facts) = keys() {
            (tell(facts?), true)
        } else {
            (call.caller.success(call.samples()), true)
        };
        if effective {
            self.counters.executed(name);
        }
        Ok((reply, effective))
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
