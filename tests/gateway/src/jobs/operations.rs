//! Which operation does what to jobs.

use super::job::{Job, Kind, Move};
use super::setup::first;
use crate::parameters::Given;

/// What an operation does. A kind limits it to jobs of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Create(Option<Kind>),
    Configure(Option<Kind>),
    Status(Option<Kind>),
    Precheck,
    Move(Move, Option<Kind>),
    /// For all jobs of a list, or for none of them.
    MoveAll(Move),
    List(Option<Kind>),
}

/// What the operation of that name does; nothing for one that is not about the life of jobs.
pub(super) fn action(operation: &str) -> Option<Action> {
    use Action::{Configure, Create, List, MoveAll, Precheck, Status};
    let (sync, migration) = (Some(Kind::Sync), Some(Kind::Migration));
    Some(match operation {
        "CreateDtsInstance" => Create(None),
        "CreateSynchronizationJob" => Create(sync),
        "CreateMigrationJob" => Create(migration),
        "ConfigureDtsJob" => Configure(None),
        "ConfigureSynchronizationJob" => Configure(sync),
        "ConfigureMigrationJob" => Configure(migration),
        "DescribePreCheckStatus" => Precheck,
        "DescribeDtsJobDetail" => Status(None),
        "DescribeSynchronizationJobStatus" => Status(sync),
        "DescribeMigrationJobStatus" => Status(migration),
        "DescribeDtsJobs" => List(None),
        "DescribeSynchronizationJobs" => List(sync),
        "DescribeMigrationJobs" => List(migration),
        "StartDtsJob" => Action::Move(Move::Start, None),
        "StartDtsJobs" => MoveAll(Move::Start),
        "StartSynchronizationJob" => Action::Move(Move::Start, sync),
        "StartMigrationJob" => Action::Move(Move::Start, migration),
        "SuspendDtsJob" => Action::Move(Move::Suspend, None),
        "SuspendDtsJobs" => MoveAll(Move::Suspend),
        "SuspendSynchronizationJob" => Action::Move(Move::Suspend, sync),
        "SuspendMigrationJob" => Action::Move(Move::Suspend, migration),
        "StopDtsJob" => Action::Move(Move::Stop, None),
        "StopDtsJobs" => MoveAll(Move::Stop),
        "StopMigrationJob" => Action::Move(Move::Stop, migration),
        "ResetDtsJob" => Action::Move(Move::Reset, None),
        "ResetSynchronizationJob" => Action::Move(Move::Reset, sync),
        "DeleteDtsJob" => Action::Move(Move::Delete, None),
        "DeleteDtsJobs" => MoveAll(Move::Delete),
        "DeleteSynchronizationJob" => Action::Move(Move::Delete, sync),
        "DeleteMigrationJob" => Action::Move(Move::Delete, migration),
        _ => return None,
    })
}

/// Whether a job is among those a list was asked for.
pub(super) fn is_wanted(job: &Job, given: &Given) -> bool {
    let is = |names: &[&str], value: &str| first(given, names).is_none_or(|wanted| wanted == value);
    let searched = match first(given, &["Type"]).as_deref() {
        Some("name") => is(&["Params"], &job.setup.name),
        Some("instance") => is(&["Params"], &job.instance_id()),
        _ => true,
    };
    let region = job.setup.region.as_deref();
    searched
        && is(&["Status"], job.status())
        && is(&["DtsJobId"], &job.id)
        && is(&["DtsInstanceId"], &job.instance_id())
        && is(
            &["SynchronizationJobName", "MigrationJobName"],
            &job.setup.name,
        )
        && region.is_none_or(|region| is(&["Region"], region))
}
