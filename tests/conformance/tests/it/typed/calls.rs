//! The five operations, called through their typed setters with input in the service's own terms.

use alicloud::dataworks_public::v20200518 as dataworks;
use alicloud::dts::v20200101 as dts;
use alicloud::dts::v20200101::configure_synchronization_job::{
    DestinationEndpoint, PartitionKey, SourceEndpoint,
};
use alicloud::{Config, Error, Request};
use serde_json::{Map, Value};

use crate::vector::Vector;

/// What is left of the input of a vector; setters take from it.
struct Input(Map<String, Value>);

impl Input {
    /// Groups dotted names, so that one kind of input serves both signatures.
    fn new(vector: &Vector) -> Self {
        let mut grouped = Map::new();
        for (name, value) in vector.object("/input") {
            match name.split_once('.') {
                Some((parent, child)) => {
                    let object = grouped
                        .entry(parent)
                        .or_insert_with(|| Value::Object(Map::new()));
                    object
                        .as_object_mut()
                        .unwrap()
                        .insert(child.to_owned(), value.clone());
                }
                None => drop(grouped.insert(name.clone(), value.clone())),
            }
        }
        Self(grouped)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).map(|value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        })
    }

    fn flag(&mut self, name: &str) -> Option<bool> {
        self.text(name).map(|text| text.parse().unwrap())
    }

    fn number(&mut self, name: &str) -> Option<i64> {
        self.text(name).map(|text| text.parse().unwrap())
    }

    fn object(&mut self, name: &str) -> Option<Input> {
        self.0
            .remove(name)
            .map(|value| Input(value.as_object().unwrap().clone()))
    }
}

/// Applies a setter when the input has a value for it.
macro_rules! set {
    ($target:ident, $input:ident, $($kind:ident $wire:literal => $setter:ident),+ $(,)?) => {
        $(if let Some(value) = $input.$kind($wire) {
            $target = $target.$setter(value);
        })+
    };
}

/// Calls the operations of vectors.
pub(crate) struct Calls(pub(crate) Config);

impl Calls {
    /// Calls the operation of a vector with its input, through the whole client.
    pub(crate) async fn call(&self, vector: &Vector) -> Result<(), Error> {
        match vector.text("/operation") {
            "StartDtsJob" => self.start_dts_job(vector).await,
            "StartDtsJobs" => self.start_dts_jobs(vector).await,
            "StartSynchronizationJob" => self.start_synchronization_job(vector).await,
            "ConfigureSynchronizationJob" => self.configure_synchronization_job(vector).await,
            "StartDISyncInstance" => self.start_di_sync_instance(vector).await,
            other => panic!("no call for {other}"),
        }
    }

    async fn start_dts_job(&self, vector: &Vector) -> Result<(), Error> {
        let mut input = Input::new(vector);
        let mut request = dts::Client::new(&self.0).start_dts_job();
        set!(request, input,
            text "DtsJobId" => dts_job_id,
            text "DtsInstanceId" => dts_instance_id,
            text "SynchronizationDirection" => synchronization_direction,
            text "RegionId" => region_id,
        );
        with_rest(request, input, vector).send().await.map(drop)
    }

    async fn start_dts_jobs(&self, vector: &Vector) -> Result<(), Error> {
        let mut input = Input::new(vector);
        let ids = input.text("DtsJobIds").unwrap();
        let mut request = dts::Client::new(&self.0)
            .start_dts_jobs()
            .dts_job_ids(ids.split(','));
        set!(request, input,
            text "RegionId" => region_id,
            text "ResourceGroupId" => resource_group_id,
            flag "ZeroEtlJob" => zero_etl_job,
        );
        with_rest(request, input, vector).send().await.map(drop)
    }

    async fn start_synchronization_job(&self, vector: &Vector) -> Result<(), Error> {
        let mut input = Input::new(vector);
        let mut request = dts::Client::new(&self.0).start_synchronization_job();
        set!(request, input,
            text "SynchronizationJobId" => synchronization_job_id,
            text "SynchronizationDirection" => synchronization_direction,
            text "RegionId" => region_id,
        );
        with_rest(request, input, vector).send().await.map(drop)
    }

    async fn configure_synchronization_job(&self, vector: &Vector) -> Result<(), Error> {
        let mut input = Input::new(vector);
        let mut request = dts::Client::new(&self.0).configure_synchronization_job();
        set!(request, input,
            text "Checkpoint" => checkpoint,
            flag "DataInitialization" => data_initialization,
            flag "StructureInitialization" => structure_initialization,
            text "MigrationReserved" => migration_reserved_json,
            text "RegionId" => region_id,
            text "SynchronizationDirection" => synchronization_direction,
            text "SynchronizationJobId" => synchronization_job_id,
            text "SynchronizationJobName" => synchronization_job_name,
            text "SynchronizationObjects" => synchronization_objects_json,
        );
        if let Some(endpoint) = input.object("SourceEndpoint") {
            request = request.source_endpoint(source_endpoint(endpoint));
        }
        if let Some(endpoint) = input.object("DestinationEndpoint") {
            request = request.destination_endpoint(destination_endpoint(endpoint));
        }
        if let Some(key) = input.object("PartitionKey") {
            request = request.partition_key(partition_key(key));
        }
        with_rest(request, input, vector).send().await.map(drop)
    }

    async fn start_di_sync_instance(&self, vector: &Vector) -> Result<(), Error> {
        let mut input = Input::new(vector);
        let mut request = dataworks::Client::new(&self.0).start_di_sync_instance();
        set!(request, input,
            number "FileId" => file_id,
            number "ProjectId" => project_id,
            text "StartParam" => start_param_json,
            text "TaskType" => task_type,
        );
        with_rest(request, input, vector).send().await.map(drop)
    }
}

fn source_endpoint(mut input: Input) -> SourceEndpoint {
    let mut endpoint = SourceEndpoint::new();
    set!(endpoint, input,
        text "DatabaseName" => database_name,
        text "IP" => ip,
        text "InstanceId" => instance_id,
        text "InstanceType" => instance_type,
        text "OwnerID" => owner_id,
        text "Password" => password,
        text "Port" => port,
        text "Role" => role,
        text "UserName" => user_name,
    );
    assert!(input.0.is_empty(), "no setter for {:?}", input.0);
    endpoint
}

fn destination_endpoint(mut input: Input) -> DestinationEndpoint {
    let mut endpoint = DestinationEndpoint::new();
    set!(endpoint, input,
        text "DataBaseName" => data_base_name,
        text "IP" => ip,
        text "InstanceId" => instance_id,
        text "InstanceType" => instance_type,
        text "Password" => password,
        text "Port" => port,
        text "UserName" => user_name,
    );
    assert!(input.0.is_empty(), "no setter for {:?}", input.0);
    endpoint
}

fn partition_key(mut input: Input) -> PartitionKey {
    let mut key = PartitionKey::new();
    set!(key, input,
        flag "ModifyTime_Day" => modify_time_day,
        flag "ModifyTime_Hour" => modify_time_hour,
        flag "ModifyTime_Minute" => modify_time_minute,
        flag "ModifyTime_Month" => modify_time_month,
        flag "ModifyTime_Year" => modify_time_year,
    );
    assert!(input.0.is_empty(), "no setter for {:?}", input.0);
    key
}

/// What no setter took (deprecated parameters, and those only old clients know), and what the vector adds.
fn with_rest<R: Request>(mut request: R, input: Input, vector: &Vector) -> R {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    for (name, value) in input.0.iter().chain(vector.object("/extra_parameters")) {
        request = request.with_parameter(name, text(value));
    }
    for (name, value) in vector.object("/extra_headers") {
        request = request.with_header(name, text(value));
    }
    request
}
