//! The descriptors the generator made, by version and name: what the specs say of the operations that were recorded.

use alicloud::operation::Operation;

macro_rules! table {
    ($($path:path, $version:literal: $($name:literal $module:ident),+;)+) => {
        /// The descriptor of an operation that has a spec and a recording.
        pub(crate) fn descriptor(version: &str, operation: &str) -> Option<&'static Operation> {
            $({
                use $path as product;
                match (version, operation) {
                    $(($version, $name) => return Some(&product::$module::OPERATION),)+
                    _ => {}
                }
            })+
            None
        }
    };
}

table! {
    alicloud::dts::v20200101, "2020-01-01":
        "ConfigureDtsJob" configure_dts_job,
        "ConfigureMigrationJob" configure_migration_job,
        "ConfigureMigrationJobAlert" configure_migration_job_alert,
        "ConfigureSynchronizationJob" configure_synchronization_job,
        "ConfigureSynchronizationJobAlert" configure_synchronization_job_alert,
        "ConvertInstanceResourceGroup" convert_instance_resource_group,
        "CountJobByCondition" count_job_by_condition,
        "CreateDocParserJob" create_doc_parser_job,
        "CreateReverseDtsJob" create_reverse_dts_job,
        "CreateSubscriptionInstance" create_subscription_instance,
        "CreateSynchronizationJob" create_synchronization_job,
        "DeleteConsumerGroup" delete_consumer_group,
        "DeleteMigrationJob" delete_migration_job,
        "DescribeCheckJobs" describe_check_jobs,
        "DescribeDocParserJobStatus" describe_doc_parser_job_status,
        "DescribeDtsJobDetail" describe_dts_job_detail,
        "DescribeMetricList" describe_metric_list,
        "DescribeMigrationJobs" describe_migration_jobs,
        "DescribePreCheckStatus" describe_pre_check_status,
        "DescribeSubscriptionInstances" describe_subscription_instances,
        "DescribeSubscriptionMeta" describe_subscription_meta,
        "DescribeSynchronizationJobStatus" describe_synchronization_job_status,
        "DescribeSynchronizationJobs" describe_synchronization_jobs,
        "DescribeTagValues" describe_tag_values,
        "ListTagResources" list_tag_resources,
        "ModifyDtsJobName" modify_dts_job_name,
        "ModifySynchronizationObject" modify_synchronization_object,
        "SkipFullJobTable" skip_full_job_table,
        "StartDtsJob" start_dts_job,
        "StartDtsJobs" start_dts_jobs,
        "StartSynchronizationJob" start_synchronization_job,
        "SuspendDtsJob" suspend_dts_job,
        "SuspendMigrationJob" suspend_migration_job,
        "SuspendSynchronizationJob" suspend_synchronization_job,
        "SwitchSynchronizationEndpoint" switch_synchronization_endpoint,
        "TagResources" tag_resources,
        "TransferInstanceClass" transfer_instance_class,
        "UntagResources" untag_resources;
    alicloud::dataworks_public::v20200518, "2020-05-18":
        "AbolishDataServiceApi" abolish_data_service_api,
        "AddRecognizeRule" add_recognize_rule,
        "CreateBaseline" create_baseline,
        "CreateDIJob" create_di_job,
        "CreateDISyncTask" create_di_sync_task,
        "CreateDagComplement" create_dag_complement,
        "CreateDataSource" create_data_source,
        "CreateProject" create_project,
        "CreateTable" create_table,
        "DsgDesensPlanAddOrUpdate" dsg_desens_plan_add_or_update,
        "DsgDesensPlanDelete" dsg_desens_plan_delete,
        "DsgDesensPlanQueryList" dsg_desens_plan_query_list,
        "DsgDesensPlanUpdateStatus" dsg_desens_plan_update_status,
        "DsgRunSensIdentify" dsg_run_sens_identify,
        "DsgSceneAddOrUpdateScene" dsg_scene_add_or_update_scene,
        "DsgUserGroupAddOrUpdate" dsg_user_group_add_or_update,
        "DsgUserGroupDelete" dsg_user_group_delete,
        "DsgUserGroupQueryUserList" dsg_user_group_query_user_list,
        "DsgWhiteListDeleteList" dsg_white_list_delete_list,
        "GenerateDISyncTaskConfigForCreating" generate_di_sync_task_config_for_creating,
        "GetMetaTableBasicInfo" get_meta_table_basic_info,
        "GetMetaTableListByCategory" get_meta_table_list_by_category,
        "GetNodeChildren" get_node_children,
        "GetOpRiskData" get_op_risk_data,
        "ListFileType" list_file_type,
        "ListInstances" list_instances,
        "ListMetaCollections" list_meta_collections,
        "ListProgramTypeCount" list_program_type_count,
        "ListProjectMembers" list_project_members,
        "ListResourceGroups" list_resource_groups,
        "ListTopics" list_topics,
        "QueryRecognizeRuleDetail" query_recognize_rule_detail,
        "RegisterLineageRelation" register_lineage_relation,
        "RemoveEntityTags" remove_entity_tags,
        "RunManualDagNodes" run_manual_dag_nodes,
        "StartDIJob" start_di_job,
        "StartDISyncInstance" start_di_sync_instance,
        "TestDataServiceApi" test_data_service_api,
        "UpdateBaseline" update_baseline,
        "UpdateClusterConfigs" update_cluster_configs,
        "UpdateConnection" update_connection,
        "UpdateDIAlarmRule" update_di_alarm_rule,
        "UpdateDIJob" update_di_job,
        "UpdateDataSource" update_data_source,
        "UpdateTable" update_table,
        "UpdateTableAddColumn" update_table_add_column,
        "UpdateTableModelInfo" update_table_model_info;
    alicloud::dataworks_public::v20240518, "2024-05-18":
        "CreateDataQualityEvaluationTask" create_data_quality_evaluation_task,
        "CreateDataQualityRule" create_data_quality_rule,
        "ListProjectMembers" list_project_members,
        "ListProjects" list_projects,
        "RemoveTaskInstanceDependencies" remove_task_instance_dependencies,
        "UpdateDIJob" update_di_job,
        "UpdateDataSource" update_data_source,
        "UpdateTask" update_task,
        "UpdateWorkflow" update_workflow;
    alicloud::sts::v20150401, "2015-04-01":
        "AssumeRole" assume_role,
        "GetCallerIdentity" get_caller_identity;
}
