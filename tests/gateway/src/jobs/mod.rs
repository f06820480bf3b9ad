//! Jobs of Data Transmission Service, kept as small state machines (`job`) in place of examples.
//!
//! What a job goes through is the service's: it is created, configured, prechecked, started, suspended, stopped, deleted,
//! and what the job's state does not allow fails as the service fails, inside a good answer. Codes the documents do not
//! name are ours.

mod facts;
mod job;
mod operations;
mod setup;

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use alicloud_runtime::time::timestamp;
use serde_json::{Value, json};

use self::job::{Job, Kind, Move, Phase};
use self::operations::{Action, action};
use self::setup::{Setup, first, is_true};
use crate::catalog::Served;
use crate::lists::{facts_of_part, items_path};
use crate::paging;
use crate::parameters::Given;
use crate::project::set;
use crate::refusal::Refusal;

/// What came of a call.
pub(crate) struct Outcome {
    /// Everything the answer may tell.
    pub(crate) facts: Value,
    /// Whether the call did what it was asked to.
    pub(crate) done: bool,
}

/// Why a call is not done.
enum Failure {
    /// The answer is good as HTTP goes, and says that the call failed.
    Business {
        code: &'static str,
        message: &'static str,
        /// What stands for `%s` in the message.
        fill: String,
    },
    Refused(Refusal),
}

/// The parameters an ID of a job or of its instance comes in.
const IDS: [&str; 6] = [
    "DtsJobId",
    "DtsInstanceId",
    "DtsInstanceID",
    "SynchronizationJobId",
    "MigrationJobId",
    "JobId",
];

/// The jobs of one gateway.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Oldest first.
    jobs: Vec<Job>,
    /// How many there have been, deleted ones included.
    created: u64,
}

impl Jobs {
    /// Answers an operation on jobs; nothing for any other.
    pub(crate) fn answer(
        &self,
        served: Served<'_>,
        given: &Given,
        now: SystemTime,
    ) -> Option<Result<Outcome, Refusal>> {
        let dts = served.service.product.value == "Dts";
        let action = action(&served.spec.name.value).filter(|_| dts)?;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Known { jobs, created } = &mut *known;
        let mut call = Call {
            jobs,
            created,
            served,
            given,
            now,
        };
        let (mut facts, done) = match call.act(action) {
            Ok(facts) => (facts, true),
            Err(Failure::Refused(refusal)) => return Some(Err(refusal)),
            Err(Failure::Business {
                code,
                message,
                fill,
            }) => (call.failed(code, message, fill), false),
        };
        set(&mut facts, "Success", json!(done));
        set(
            &mut facts,
            "HttpStatusCode",
            json!(if done { 200 } else { 400 }),
        );
        Some(Ok(Outcome { facts, done }))
    }

    /// Lets the next precheck of a job fail; false when there is no such job.
    pub(crate) fn fail_precheck(&self, id: &str) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known
            .jobs
            .iter_mut()
            .find(|job| job.id == id || job.instance_id() == id);
        found.map(|job| job.doomed = true).is_some()
    }
}

/// A call on its way through the jobs.
struct Call<'a> {
    jobs: &'a mut Vec<Job>,
    created: &'a mut u64,
    served: Served<'a>,
    given: &'a Given,
    now: SystemTime,
}

impl Call<'_> {
    fn act(&mut self, action: Action) -> Result<Value, Failure> {
        match action {
            Action::Create(kind) => self.create(kind),
            Action::Configure(kind) => self.configure(kind),
            Action::Status(kind) => {
                let at = self.find(kind)?;
                let facts = facts::job(&self.jobs[at]);
                self.jobs[at].advance();
                Ok(facts)
            }
            Action::Precheck => self.precheck(),
            Action::Move(step, kind) => {
                let at = self.find(kind)?;
                self.proceed(&[at], step)
            }
            Action::MoveAll(step) => {
                let ids = first(self.given, &["DtsJobIds"]).unwrap_or_default();
                let ids = ids.split(',').map(str::trim);
                let found: Result<Vec<_>, _> = ids.map(|id| self.position(id, None)).collect();
                self.proceed(&found?, step)
            }
            Action::List(kind) => self.list(kind),
        }
    }

    fn create(&mut self, kind: Option<Kind>) -> Result<Value, Failure> {
        // An instance for a job that has been configured already.
        if kind.is_none() && first(self.given, &["JobId"]).is_some() {
            let at = self.find(None)?;
            let job = &mut self.jobs[at];
            job.purchased = true;
            job.auto_start = first(self.given, &["AutoStart"]).is_some_and(|text| is_true(&text));
            job.setup.create(self.given);
            return Ok(facts::job(job));
        }
        let named = || Kind::of(&first(self.given, &["Type"]).unwrap_or_default());
        let kind = kind.or_else(named).ok_or_else(|| invalid("Type"))?;
        let at = self.add(kind, true);
        Ok(facts::job(&self.jobs[at]))
    }

    /// A new job at the end of the list.
    fn add(&mut self, kind: Kind, purchased: bool) -> usize {
        let at = self.jobs.len();
        let mut setup = Setup::default();
        setup.create(self.given);
        *self.created += 1;
        self.jobs.push(Job {
            id: format!("gw{:012}", self.created),
            kind,
            purchased,
            phase: Phase::NotConfigured,
            doomed: false,
            auto_start: false,
            created: timestamp(self.now),
            setup,
        });
        at
    }

    fn configure(&mut self, kind: Option<Kind>) -> Result<Value, Failure> {
        let known = first(self.given, &IDS).is_some();
        let at = match (kind, known) {
            // This one operation makes a job of its own, for which an instance is bought later.
            (None, false) => {
                let named = first(self.given, &["JobType"]).unwrap_or_default();
                let kind = Kind::of(&named).ok_or_else(|| invalid("JobType"))?;
                self.add(kind, false)
            }
            _ => self.find(kind)?,
        };
        self.proceed(&[at], Move::Configure)?;
        let job = &mut self.jobs[at];
        // Synchronization that does not follow the source would be none.
        let follows = kind == Some(Kind::Sync);
        job.setup.configure(self.given, follows);
        Ok(facts::job(job))
    }

    fn precheck(&mut self) -> Result<Value, Failure> {
        let at = self.find(None)?;
        let code = first(self.given, &["JobCode"]).unwrap_or_else(|| "01".to_owned());
        let job = &self.jobs[at];
        let items = match code.as_str() {
            "01" => facts::precheck_items(job),
            _ => Vec::new(),
        };
        let mut facts = facts::precheck(job, &code);
        self.page(&mut facts, "JobProgress", &items)?;
        self.jobs[at].advance();
        Ok(facts)
    }

    fn list(&mut self, kind: Option<Kind>) -> Result<Value, Failure> {
        let kind = match kind {
            Some(kind) => kind,
            None => {
                let named = first(self.given, &["JobType"]);
                let named = named.map_or(Some(Kind::Migration), |named| Kind::of(&named));
                named.ok_or_else(|| invalid("JobType"))?
            }
        };
        let jobs = self.jobs.iter();
        let wanted = jobs.filter(|job| job.kind == kind && operations::is_wanted(job, self.given));
        let items: Vec<_> = wanted.map(facts::job).collect();
        let path = items_path(self.served).unwrap_or_default();
        let mut facts = json!({});
        self.page(&mut facts, &path, &items)?;
        Ok(facts)
    }

    /// Lays down the page that was asked for.
    fn page(&self, facts: &mut Value, path: &str, items: &[Value]) -> Result<(), Failure> {
        let Some(pagination) = &self.served.spec.pagination else {
            set(facts, path, json!(items));
            return Ok(());
        };
        let part = paging::part(self.served.spec, pagination, self.given);
        let part = part.map_err(Failure::Refused)?;
        facts_of_part(facts, pagination, &part, items.len());
        set(facts, path, json!(part.of(items)));
        Ok(())
    }

    /// Moves several jobs, or none of them.
    fn proceed(&mut self, jobs: &[usize], step: Move) -> Result<Value, Failure> {
        let mut next = Vec::new();
        for at in jobs {
            let job = &self.jobs[*at];
            if step == Move::Start && !job.purchased {
                return Err(Failure::Refused(not_purchased()));
            }
            let phase = job.after(step).ok_or_else(|| Failure::Business {
                code: "OperationDenied.JobStatus",
                message: "A job in the state %s does not allow this.",
                fill: job.status().to_owned(),
            })?;
            next.push((*at, phase));
        }
        for (at, phase) in &next {
            self.jobs[*at].phase = *phase;
        }
        if step == Move::Delete {
            let mut at = 0..;
            self.jobs
                .retain(|_| at.next().is_none_or(|at| !jobs.contains(&at)));
        }
        Ok(json!({}))
    }

    /// The job the call is about.
    fn find(&self, kind: Option<Kind>) -> Result<usize, Failure> {
        let id = first(self.given, &IDS).ok_or_else(|| invalid("DtsJobId"))?;
        self.position(&id, kind)
    }

    fn position(&self, id: &str, kind: Option<Kind>) -> Result<usize, Failure> {
        let found = self.jobs.iter().position(|job| {
            let instance = job.purchased && job.instance_id() == id;
            (job.id == id || instance) && kind.is_none_or(|kind| kind == job.kind)
        });
        found.ok_or_else(|| Failure::Business {
            code: "InvalidJobId",
            message: "There is no job %s.",
            fill: id.to_owned(),
        })
    }

    /// The answer to a call that failed. An operation that has no field for it gets the message filled in.
    fn failed(&self, code: &str, message: &str, fill: String) -> Value {
        let rules = &self.served.operation.descriptor.success;
        let fills = rules.iter().any(|rule| rule.fill.is_some());
        let message = match fills {
            true => message.to_owned(),
            false => message.replace("%s", &fill),
        };
        json!({"ErrCode": code, "ErrMessage": message, "DynamicMessage": fill})
    }
}

fn invalid(parameter: &str) -> Failure {
    Failure::Business {
        code: "InvalidParameter",
        message: "The value of %s is not one that is allowed.",
        fill: parameter.to_owned(),
    }
}

fn not_purchased() -> Refusal {
    let message = "The job has no instance to run on: buy one first.";
    Refusal::new(403, "OperationDenied.NotPurchased", message)
}
