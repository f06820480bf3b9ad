//! Everything there is to tell of a job, under every name operations have for it. Each tells what its response has.

use serde_json::{Value, json};

use super::job::{COPYING, ITEMS, Job, Kind, Phase};

/// A job as it is listed and described.
pub(super) fn job(job: &Job) -> Value {
    let (instance, setup) = (job.instance_id(), &job.setup);
    let id = Some(&instance).filter(|_| job.purchased);
    let failed = job.phase == Phase::PrecheckFailed;
    json!({
        "DtsJobId": job.id,
        "DtsInstanceId": id,
        "InstanceId": id,
        "JobId": job.id,
        "TaskId": job.id,
        "SynchronizationJobId": id,
        "MigrationJobId": id,
        "DtsJobName": setup.name,
        "SynchronizationJobName": setup.name,
        "MigrationJobName": setup.name,
        "Status": job.status(),
        "MigrationJobStatus": job.status(),
        "ErrorMessage": failed.then_some("The precheck failed."),
        "OriginType": "DTS",
        "DtsJobClass": setup.class,
        "SynchronizationJobClass": setup.class,
        "MigrationJobClass": setup.class,
        "PayType": setup.pay_type,
        "CreateTime": job.created,
        "JobCreateTime": job.created,
        "InstanceCreateTime": job.created,
        "SynchronizationDirection": "Forward",
        "DtsJobDirection": "Forward",
        "DbObject": setup.objects,
        "MigrationObject": setup.objects,
        "SourceEndpoint": setup.source,
        "DestinationEndpoint": setup.destination,
        "MigrationMode": {
            "StructureInitialization": setup.structure,
            "DataInitialization": setup.data,
            "DataSynchronization": setup.incremental,
        },
        "StructureInitialization": setup.structure,
        "DataInitialization": setup.data,
        "Delay": 0,
        "PrecheckStatus": precheck_status(job),
        "StructureInitializationStatus": step(job, setup.structure),
        "DataInitializationStatus": step(job, setup.data),
        "DataSynchronizationStatus": following(job),
    })
}

/// How many items of the precheck are through, and whether the last of them failed.
fn checked(job: &Job) -> (usize, bool) {
    match job.phase {
        Phase::NotConfigured => (0, false),
        Phase::Prechecking(checked) => (checked, false),
        phase => (ITEMS.len(), phase == Phase::PrecheckFailed),
    }
}

/// The state of an item of the precheck.
fn item_state(job: &Job, at: usize) -> &'static str {
    let (checked, failed) = checked(job);
    if at >= checked {
        match job.phase {
            Phase::Prechecking(checked) if checked == at => "Checking",
            _ => "NotStarted",
        }
    } else if failed && at + 1 == ITEMS.len() {
        "Failed"
    } else {
        "Success"
    }
}

/// The state of the precheck as a whole.
fn precheck_state(job: &Job) -> &'static str {
    match job.phase {
        Phase::NotConfigured => "NotStarted",
        Phase::Prechecking(_) => "Checking",
        Phase::PrecheckFailed => "Failed",
        _ => "Finished",
    }
}

fn precheck_status(job: &Job) -> Value {
    let detail = ITEMS.iter().enumerate().map(|(at, item)| {
        let state = item_state(job, at);
        let failed = state == "Failed";
        json!({
            "ItemName": item,
            "CheckStatus": state,
            "ErrorMessage": failed.then_some("What the destination has is in the way."),
            "RepairMethod": failed.then(|| format!("{item}_REPAIR")),
        })
    });
    json!({
        "Status": precheck_state(job),
        "Percent": checked(job).0 * 100 / ITEMS.len(),
        "Detail": detail.collect::<Vec<_>>(),
    })
}

/// The items of the precheck as DescribePreCheckStatus tells of them.
pub(super) fn precheck_items(job: &Job) -> Vec<Value> {
    let items = ITEMS.iter().enumerate().map(|(at, item)| {
        let state = item_state(job, at);
        let failed = state == "Failed";
        json!({
            "Id": (at + 1).to_string(),
            "OrderNum": at + 1,
            "JobId": job.id,
            "Item": item,
            "Names": format!("{item}_DETAIL"),
            "State": state,
            "Skip": false,
            "CanSkip": true,
            "IgnoreFlag": "N",
            "Sub": "[]",
            "Total": 1,
            "Current": u8::from(matches!(state, "Success" | "Failed")),
            "ErrMsg": failed.then(|| format!("{item}_ERROR")),
            "ErrDetail": failed.then(|| format!("{item}_ERROR_DETAIL")),
            "RepairMethod": failed.then(|| format!("{item}_REPAIR")),
        })
    });
    items.collect()
}

/// What DescribePreCheckStatus tells besides the items.
pub(super) fn precheck(job: &Job, code: &str) -> Value {
    let state = match code {
        "01" => precheck_state(job),
        "04" => following_state(job),
        _ => step_state(job),
    };
    let failed = job.phase == Phase::PrecheckFailed && code == "01";
    json!({
        "JobId": job.id,
        "JobName": job.setup.name,
        "Code": code,
        "State": state,
        "ErrorItem": u8::from(failed),
        "ErrorAnalysisItem": 0,
        "AnalysisJobProgress": [],
    })
}

fn polls(job: &Job) -> usize {
    match job.phase {
        Phase::Running(polls) | Phase::Suspended(polls) => polls.min(COPYING),
        Phase::Finished => COPYING,
        _ => 0,
    }
}

fn step_state(job: &Job) -> &'static str {
    match (job.phase, polls(job)) {
        (_, COPYING) => "Finished",
        (Phase::Running(_), _) => "Migrating",
        (Phase::Suspended(_), _) => "Suspending",
        _ => "NotStarted",
    }
}

/// A step that copies what there is, if the job has it.
fn step(job: &Job, wanted: bool) -> Value {
    match wanted {
        true => json!({
            "Status": step_state(job),
            "Percent": polls(job) * 100 / COPYING,
            "Progress": polls(job),
        }),
        false => Value::Null,
    }
}

fn following_state(job: &Job) -> &'static str {
    match (job.phase, polls(job)) {
        (Phase::Finished, _) => "Finished",
        (Phase::Suspended(_), _) => "Suspending",
        (Phase::Running(_), COPYING) => match job.kind {
            Kind::Migration => "Catched",
            _ => "Synchronizing",
        },
        _ => "NotStarted",
    }
}

fn following(job: &Job) -> Value {
    match job.setup.incremental {
        true => json!({"Status": following_state(job), "Percent": 100, "Delay": 0}),
        false => Value::Null,
    }
}
