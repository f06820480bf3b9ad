//! One job: the states it can be in, and what moves it from one to another.
//!
//! ```text
//! NotConfigured --configure--> Prechecking --polls--> PreCheckPass --start--> Initializing/Migrating --polls--> Synchronizing/Finished
//! ```
//!
//! A failed precheck can be configured again, what runs can be suspended and started again, and a reset leads back to the
//! start. Time has no part in it: a job goes on whenever somebody asks how it is.

use super::setup::Setup;

/// What a precheck looks at, one item for each time somebody asks.
pub(super) const ITEMS: [&str; 5] = [
    "CHECK_CONN_SRC",
    "CHECK_CONN_DEST",
    "CHECK_SRC",
    "CHECK_SERVER_ID",
    "CHECK_SAME_OBJ",
];

/// After so many questions a started job has copied what there was before.
pub(super) const COPYING: usize = 3;

/// What kind of job it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Migration,
    Sync,
    Subscribe,
}

impl Kind {
    /// By the name parameters have for it.
    pub(super) fn of(text: &str) -> Option<Self> {
        match text.to_ascii_uppercase().as_str() {
            "MIGRATION" => Some(Self::Migration),
            "SYNC" => Some(Self::Sync),
            "SUBSCRIBE" => Some(Self::Subscribe),
            _ => None,
        }
    }
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    NotConfigured,
    /// With so many items checked.
    Prechecking(usize),
    PrecheckFailed,
    PreCheckPass,
    /// Asked so many times how it is.
    Running(usize),
    /// Which it was at that point.
    Suspended(usize),
    Finished,
}

/// What a job can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    Configure,
    Start,
    Suspend,
    Stop,
    Reset,
    Delete,
}

/// A job and everything that is known of it.
#[derive(Clone, Debug)]
pub(super) struct Job {
    /// Its ID; that of its instance is longer.
    pub(super) id: String,
    pub(super) kind: Kind,
    /// Whether there is an instance it can run on.
    pub(super) purchased: bool,
    pub(super) phase: Phase,
    /// Whether the precheck is to fail, at its last item.
    pub(super) doomed: bool,
    /// Whether it starts by itself when the precheck has passed.
    pub(super) auto_start: bool,
    /// When it was created.
    pub(super) created: String,
    pub(super) setup: Setup,
}

impl Job {
    pub(super) fn instance_id(&self) -> String {
        format!("dts{}", self.id)
    }

    /// The state by the name the service has for it.
    pub(super) fn status(&self) -> &'static str {
        match (self.phase, self.kind) {
            (Phase::NotConfigured, _) => "NotConfigured",
            (Phase::Prechecking(_), _) => "Prechecking",
            (Phase::PrecheckFailed, _) => "PrecheckFailed",
            (Phase::PreCheckPass, _) => "PreCheckPass",
            (Phase::Suspended(_), _) => "Suspending",
            (Phase::Finished, _) => "Finished",
            (Phase::Running(_), Kind::Migration) => "Migrating",
            (Phase::Running(polls), Kind::Sync) if polls < COPYING => "Initializing",
            (Phase::Running(_), Kind::Sync) => "Synchronizing",
            (Phase::Running(polls), Kind::Subscribe) if polls < COPYING => "Starting",
            (Phase::Running(_), Kind::Subscribe) => "Normal",
        }
    }

    /// Somebody has been told how the job is, so it goes on.
    pub(super) fn advance(&mut self) {
        self.phase = match self.phase {
            Phase::Prechecking(checked) if checked + 1 < ITEMS.len() => {
                Phase::Prechecking(checked + 1)
            }
            Phase::Prechecking(_) if std::mem::take(&mut self.doomed) => Phase::PrecheckFailed,
            Phase::Prechecking(_) if self.auto_start && self.purchased => Phase::Running(0),
            Phase::Prechecking(_) => Phase::PreCheckPass,
            Phase::Running(polls) if polls + 1 >= COPYING && self.ends_with_copying() => {
                Phase::Finished
            }
            Phase::Running(polls) => Phase::Running(polls.saturating_add(1)),
            other => other,
        };
    }

    /// A migration that does not follow the source any further is over when everything is copied.
    fn ends_with_copying(&self) -> bool {
        self.kind == Kind::Migration && !self.setup.incremental
    }

    /// The phase a move leads to; nothing when it is not allowed in the one the job is in.
    pub(super) fn after(&self, step: Move) -> Option<Phase> {
        use Phase::{
            Finished, NotConfigured, PreCheckPass, PrecheckFailed, Prechecking, Running, Suspended,
        };
        match (step, self.phase) {
            (Move::Configure, NotConfigured | PrecheckFailed | PreCheckPass) => {
                Some(Prechecking(0))
            }
            (Move::Start, PreCheckPass) => Some(Running(0)),
            (Move::Start, Suspended(polls)) => Some(Running(polls)),
            (Move::Suspend, Running(polls)) => Some(Suspended(polls)),
            (Move::Stop, Running(_) | Suspended(_)) => Some(Finished),
            (Move::Reset, PrecheckFailed | PreCheckPass | Suspended(_) | Finished) => {
                Some(NotConfigured)
            }
            (Move::Delete, Prechecking(_) | Running(_)) => None,
            (Move::Delete, phase) => Some(phase),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(kind: Kind, phase: Phase) -> Job {
        Job {
            id: "gw1".to_owned(),
            kind,
            purchased: true,
            phase,
            doomed: false,
            auto_start: false,
            created: String::new(),
            setup: Setup::default(),
        }
    }

    fn statuses(mut job: Job, polls: usize) -> Vec<&'static str> {
        let polls = 0..polls;
        polls
            .map(|_| {
                let status = job.status();
                job.advance();
                status
            })
            .collect()
    }

    #[test]
    fn a_precheck_takes_one_question_for_each_item() {
        let mut checked = job(Kind::Sync, Phase::Prechecking(0));
        let mut wanted = vec!["Prechecking"; 5];
        wanted.extend(["PreCheckPass"; 2]);
        assert_eq!(statuses(checked.clone(), 7), wanted);
        checked.doomed = true;
        wanted.truncate(5);
        wanted.extend(["PrecheckFailed"; 2]);
        assert_eq!(statuses(checked.clone(), 7), wanted);
        checked.doomed = false;
        checked.auto_start = true;
        assert_eq!(statuses(checked, 6)[5], "Initializing");
    }

    #[test]
    fn what_is_started_comes_to_run_or_to_an_end() {
        let sync = job(Kind::Sync, Phase::Running(0));
        let wanted = [
            "Initializing",
            "Initializing",
            "Initializing",
            "Synchronizing",
            "Synchronizing",
        ];
        assert_eq!(statuses(sync, 5), wanted);
        let mut migration = job(Kind::Migration, Phase::Running(0));
        let wanted = ["Migrating", "Migrating", "Migrating", "Finished"];
        assert_eq!(statuses(migration.clone(), 4), wanted);
        migration.setup.incremental = true;
        assert_eq!(statuses(migration, 9)[8], "Migrating");
    }

    #[test]
    fn moves_are_allowed_where_they_make_sense() {
        let after = |step, phase| job(Kind::Sync, phase).after(step);
        let (suspended, running) = (Phase::Suspended(2), Phase::Running(2));
        assert_eq!(after(Move::Start, Phase::NotConfigured), None);
        assert_eq!(after(Move::Start, Phase::Prechecking(1)), None);
        assert_eq!(
            after(Move::Start, Phase::PreCheckPass),
            Some(Phase::Running(0))
        );
        assert_eq!(after(Move::Start, suspended), Some(running));
        assert_eq!(after(Move::Start, running), None);
        assert_eq!(after(Move::Suspend, running), Some(suspended));
        assert_eq!(after(Move::Suspend, suspended), None);
        assert_eq!(after(Move::Stop, suspended), Some(Phase::Finished));
        assert_eq!(after(Move::Stop, Phase::Finished), None);
        assert_eq!(
            after(Move::Reset, Phase::Finished),
            Some(Phase::NotConfigured)
        );
        assert_eq!(after(Move::Reset, running), None);
        assert_eq!(after(Move::Configure, running), None);
        assert_eq!(after(Move::Delete, running), None);
        assert!(after(Move::Delete, Phase::Finished).is_some());
    }
}
