use alicloud_runtime::Params;
use alicloud_runtime::operation::Problem;
use alicloud_runtime::operation::check::check;

use super::*;
use crate::catalog::Catalog;

/// The descriptor of an operation of this workspace.
fn described(name: &str) -> Operation {
    let catalog = Catalog::of_workspace().unwrap();
    let mut operations = catalog.operations();
    let served = operations
        .find(|served| served.spec.name.value == name)
        .unwrap();
    operation(served.service, served.spec)
}

fn names(parameters: &[Parameter]) -> Vec<&str> {
    parameters
        .iter()
        .map(|parameter| parameter.name.as_ref())
        .collect()
}

#[test]
fn services_have_their_hosts_and_codes() {
    let catalog = Catalog::of_workspace().unwrap();
    let find = |product: &str| {
        let mut services = catalog.services.iter();
        let found = services.find(|served| served.spec.product.value == product);
        service(&found.unwrap().spec)
    };
    let dts = find("Dts");
    assert_eq!((dts.version.as_ref(), dts.roa), ("2020-01-01", false));
    assert_eq!(dts.central.as_deref(), Some("dts.aliyuncs.com"));
    assert_eq!(dts.vpc.as_deref(), Some("dts-vpc.{region}.aliyuncs.com"));
    let tokyo = dts
        .regions
        .iter()
        .find(|hosts| hosts.region == "ap-northeast-1")
        .unwrap();
    assert_eq!(tokyo.public, "dts.ap-northeast-1.aliyuncs.com");
    let throttled = dts
        .errors
        .iter()
        .find(|known| known.code == "Throttling.User")
        .unwrap();
    assert_eq!(
        (throttled.status, throttled.retry),
        (400, Some(RetryAdvice::Later))
    );
    let dataworks = find("dataworks-public");
    assert_eq!(dataworks.central, None);
    assert_eq!(
        dataworks.fallback.as_deref(),
        Some("dataworks.{region}.aliyuncs.com")
    );
}

#[test]
fn parameters_have_place_style_and_type() {
    let configure = described("ConfigureSynchronizationJob");
    assert_eq!(
        (configure.method, configure.effect),
        (Method::Post, Effect::Update)
    );
    let objects = configure.parameter("SynchronizationObjects").unwrap();
    assert_eq!(
        (objects.location, objects.style),
        (Location::Form, Style::Json)
    );
    assert_eq!(
        (objects.kind, objects.required),
        (Kind::List, Requirement::Required)
    );
    let source = configure.parameter("SourceEndpoint").unwrap();
    assert_eq!(
        (source.location, source.style),
        (Location::Query, Style::Flat)
    );
    assert_eq!((source.kind, source.fields.len()), (Kind::Object, 9));
    assert!(
        configure
            .parameter_at("SourceEndpoint.Password")
            .unwrap()
            .sensitive
    );
    assert!(
        !configure
            .parameter_at("SourceEndpoint.UserName")
            .unwrap()
            .sensitive
    );
    let direction = configure.parameter("SynchronizationDirection").unwrap();
    assert_eq!(direction.default.as_deref(), Some("Forward"));
    let jobs = described("StartDtsJobs");
    let ids = jobs.parameter("DtsJobIds").unwrap();
    assert_eq!(
        (ids.kind, ids.style),
        (Kind::List, Style::Joined(Separator::Comma))
    );
    let job = described("StartDtsJob");
    assert_eq!(
        job.parameter("DtsJobId").unwrap().required,
        Requirement::Documented
    );
}

#[test]
fn refs_are_followed_to_the_fields_they_name() {
    let configure = described("ConfigureSynchronizationJob");
    let objects = configure.parameter("SynchronizationObjects").unwrap();
    assert!(names(&objects.fields).contains(&"TableExcludes"));
    let excluded = Parameter::find(&objects.fields, "TableExcludes").unwrap();
    assert_eq!(
        (excluded.kind, names(&excluded.fields)),
        (Kind::List, vec!["TableName"])
    );
}

#[test]
fn limits_are_numbers_of_the_type() {
    let start = described("StartDISyncInstance");
    let limits = start.parameter("ProjectId").unwrap().limits;
    assert_eq!(limits.minimum, Some(Bound::Int(1)));
    assert_eq!(limits.maximum, Some(Bound::Int(10_000_000_000)));
    assert_eq!(bound("1", false), Some(Bound::Float(1.0)));
    assert_eq!(bound("1.5", true), Some(Bound::Float(1.5)));
    assert_eq!(bound("many", true), None);
}

#[test]
fn success_rules_are_inherited_where_the_fields_are() {
    let one = described("StartDtsJob").success;
    assert_eq!((one.len(), one[0].field.as_ref()), (1, "Success"));
    assert_eq!(one[0].fill.as_deref(), Some("DynamicMessage"));
    // This answer has no dynamic message.
    let other = described("StartSynchronizationJob").success;
    assert_eq!(
        (other[0].message.as_deref(), other[0].fill.as_deref()),
        (Some("ErrMessage"), None)
    );
    let own = described("StartDISyncInstance").success;
    let fields: Vec<_> = own.iter().map(|rule| rule.field.as_ref()).collect();
    assert_eq!(fields, ["Success", "Data.Status"]);
    assert_eq!(own[1].message.as_deref(), Some("Data.Message"));
}

#[test]
fn error_codes_know_what_the_service_knows_of_them() {
    let errors = described("StartDtsJob").errors;
    let listed: Vec<_> = errors
        .iter()
        .map(|known| (known.status, known.code.as_ref()))
        .collect();
    let wanted = [
        (400, "Throttling.User"),
        (403, "OperationDenied.NotPurchased"),
        (403, "InvalidSecurityToken.Expired"),
        (500, "ServiceUnavailable"),
    ];
    assert_eq!(listed, wanted);
    assert!(
        errors
            .iter()
            .all(|known| !known.meaning.is_empty() && known.retry.is_some())
    );
}

#[test]
fn rules_are_those_the_runtime_checks() {
    let configure = described("ConfigureSynchronizationJob");
    let mut source = Params::new();
    source.set("InstanceType", "ECS");
    source.set("OwnerID", "1");
    let mut params = Params::new();
    params.set("SourceEndpoint", source);
    let violations = check(&configure, &params);
    let of = |path: &str| {
        let mut violations = violations.iter();
        violations
            .find(|found| found.parameter == path)
            .map(|found| found.problem.clone())
    };
    let when = Problem::MissingWhen {
        parameter: "SourceEndpoint.InstanceType".to_owned(),
        value: "ECS".to_owned(),
    };
    assert_eq!(of("SourceEndpoint.IP"), Some(when));
    let with = Problem::MissingWith {
        parameter: "SourceEndpoint.OwnerID".to_owned(),
    };
    assert_eq!(of("SourceEndpoint.Role"), Some(with));
    assert_eq!(
        of("SynchronizationJobId"),
        Some(Problem::Missing { documented: false })
    );
    assert_eq!(of("DestinationEndpoint.IP"), None);
}

#[test]
fn paging_and_idempotency_are_described() {
    let pages = described("DescribeSynchronizationJobs").pagination.unwrap();
    let PageStyle::Page { page, total } = pages.style else {
        panic!("pages are told apart by number");
    };
    assert_eq!(
        (page.as_ref(), total.as_deref()),
        ("PageNum", Some("TotalRecordCount"))
    );
    assert_eq!(
        (pages.size.as_deref(), pages.items.as_deref()),
        (Some("PageSize"), Some("SynchronizationInstances"))
    );
    let creates = described("CreateSynchronizationJob");
    assert_eq!(creates.idempotency_token.as_deref(), Some("ClientToken"));
    assert!(creates.pagination.is_none());
}
