//! Examples that lose something when they are read, and why that is as it should be: the metadata, which says what an
//! answer is, and the sample beside it disagree.

/// Operations whose samples lose something, and why: by module, then operation and format.
type Reason = (&'static str, &'static str, &'static [&'static str]);

/// How many there are.
pub(crate) const COUNT: usize = 24;

pub(crate) const DEVIATIONS: &[Reason] = &[
    (
        "dts::v20200101",
        "the sample spells the members in camel case, as the metadata does not",
        &[
            "CreateDedicatedClusterMonitorRule xml",
            "DescribeClusterOperateLogs xml",
            "DescribeClusterUsedUtilization xml",
            "DescribeDedicatedCluster xml",
            "DescribeDedicatedClusterMonitorRule xml",
            "DescribeDtsEtlJobVersionInfo xml",
            "DescribeDtsServiceLog xml",
            "DescribeMetricList xml",
            "DescribeTagValues xml",
            "ListDedicatedCluster xml",
            "ModifyDedicatedCluster xml",
            "ModifyDtsJobDedicatedCluster xml",
            "ModifyDtsJobDuLimit xml",
            "StopDedicatedCluster xml",
        ],
    ),
    (
        "dts::v20200101",
        "the sample lacks the elements TagResource around the items",
        &["ListTagResources xml"],
    ),
    (
        "dataworks_public::v20200518",
        "the sample spells the members in camel case, as the metadata does not",
        &["GetProjectDetail xml", "SearchNodesByOutput xml"],
    ),
    (
        "dataworks_public::v20200518",
        "the sample has members the metadata does not have: TaskIds; CycTime, Topics and others of Runs; GmtCreate and \
         GmtModified; QualityResults for Data; StartLong and EndLong",
        &[
            "GetBaseline xml",
            "GetBaselineKeyPath xml",
            "ListEnabledExtensionsForProject xml",
            "ListQualityResultsByRule xml",
            "ListShiftPersonnels xml",
        ],
    ),
    (
        "dataworks_public::v20200518",
        "the sample has objects as broken JSON text where the metadata has a list of objects",
        &["DsgQueryDefaultTemplates xml"],
    ),
    (
        "sts::v20150401",
        "the sample spells Arn in lower case",
        &["AssumeRoleWithSAML xml"],
    ),
];

/// All of them by name, each with its reason.
pub(crate) fn all() -> impl Iterator<Item = (String, &'static str)> {
    DEVIATIONS.iter().flat_map(|(module, reason, names)| {
        names
            .iter()
            .map(move |name| (format!("{module} {name}"), *reason))
    })
}
