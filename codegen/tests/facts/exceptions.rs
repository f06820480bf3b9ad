//! What is deliberately not as the facts have it, and why.

use std::collections::BTreeSet;

use alicloud_codegen::spec::Operation;

/// Operations, parameters, and a reason for each.
type Table = &'static [(&'static str, &'static str, &'static str)];

/// Keeps track of which exceptions are needed, and of what is none.
pub(crate) struct Exceptions {
    table: Table,
    used: BTreeSet<usize>,
    problems: Vec<String>,
}

impl Exceptions {
    pub(crate) fn new(table: Table) -> Self {
        Self {
            table,
            used: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    /// Notes a difference, which is a problem unless it is an exception.
    pub(crate) fn differs(&mut self, operation: &Operation, parameter: &str, how: &str) {
        let name = operation.name.value.as_str();
        let at = self
            .table
            .iter()
            .position(|(known, path, _)| *known == name && *path == parameter);
        match at {
            Some(at) => drop(self.used.insert(at)),
            None => self.problems.push(format!("{name} {parameter}: {how}")),
        }
    }

    /// Fails for problems and, where facts were compared, for exceptions nobody needs.
    pub(crate) fn finish(self, compared: bool) {
        assert!(self.problems.is_empty(), "{}", self.problems.join("\n"));
        let unused = (0..self.table.len()).filter(|at| !self.used.contains(at));
        let unused: Vec<_> = unused.map(|at| self.table[at]).collect();
        assert!(
            !compared || unused.is_empty(),
            "these exceptions are none: {unused:#?}"
        );
    }
}

pub(crate) const ENUMS: Table = &[];

/// Whether an Oracle database is RAC, no parameter tells.
const RAC: &str = "it depends on whether the database is RAC as well, which no parameter tells";
/// The other condition is about a thing a rule cannot ask for, or there are two at once.
const TWO: &str =
    "two conditions at once, which a rule cannot ask for; the description states them";
/// What is absent counts as its default, so nothing is ever missing.
const DEFAULT: &str = "it has a default, which counts when it is absent";

pub(crate) const CONDITIONS: Table = &[
    (
        "ConfigureMigrationJob",
        "SourceEndpoint.EngineName",
        "the document names the wrong end",
    ),
    ("ConfigureMigrationJob", "SourceEndpoint.OracleSID", RAC),
    (
        "DescribeConnectionStatus",
        "SourceEndpointOracleSID",
        "required for the architecture SID, which says it better",
    ),
    ("CreateSynchronizationJob", "DBInstanceCount", DEFAULT),
    ("ConfigureDtsJob", "SourceEndpointOracleSID", RAC),
    ("ConfigureDtsJob", "DestinationEndpointOracleSID", RAC),
    (
        "UntagResources",
        "All",
        "said of TagKey: required unless All is true",
    ),
    (
        "UntagResources",
        "TagKey",
        "said of All being false, which is its default",
    ),
    ("CreateDtsInstance", "JobId", "said of each of the others"),
    ("CreateDtsInstance", "SourceEndpointEngineName", DEFAULT),
    (
        "CreateDtsInstance",
        "DestinationEndpointEngineName",
        DEFAULT,
    ),
    ("CreateJobMonitorRule", "DelayRuleTime", TWO),
    (
        "InitDtsRdsInstance",
        "EndpointRegion",
        "both are required for RDS, the only case in which there is either",
    ),
    (
        "InitDtsRdsInstance",
        "EndpointInstanceId",
        "both are required for RDS, the only case in which there is either",
    ),
    (
        "SummaryJobDetail",
        "DtsInstanceId",
        "the service requires DtsJobId",
    ),
    ("TransferPayType", "Period", DEFAULT),
    ("ModifyDtsJobEndpoint", "ShardUsername", TWO),
    ("ModifyDtsJobEndpoint", "ShardPassword", TWO),
];

pub(crate) const JSON: Table = &[];

pub(crate) const COMMAS: Table = &[];

/// Were it the value that counts, nobody could leave one of the two alarms out, as the documents allow.
const ALARM: &str = "the document calls it a default, and asks for at least one of the two";

pub(crate) const DEFAULTS: Table = &[
    ("ConfigureMigrationJobAlert", "DelayAlertStatus", ALARM),
    ("ConfigureMigrationJobAlert", "ErrorAlertStatus", ALARM),
    (
        "ConfigureSynchronizationJobAlert",
        "DelayAlertStatus",
        ALARM,
    ),
    (
        "ConfigureSynchronizationJobAlert",
        "ErrorAlertStatus",
        ALARM,
    ),
    (
        "ConfigureSubscriptionInstanceAlert",
        "DelayAlertStatus",
        ALARM,
    ),
    (
        "ConfigureSubscriptionInstanceAlert",
        "ErrorAlertStatus",
        ALARM,
    ),
];

pub(crate) const LIMITS: Table = &[];
