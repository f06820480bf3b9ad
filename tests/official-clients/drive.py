#!/usr/bin/env python3
"""Calls the five operations with the official Python clients, new and old, against a gateway on loopback.

usage: drive.py HOST:PORT

The gateway must know the keys below. Every signature generation is used with long-lived and temporary keys, and wrong
keys must be refused with the code the service gives.
"""
import importlib
import ipaddress
import logging
import sys
import warnings
import xml.etree.ElementTree as ElementTree

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from aliyunsdkcore.auth.credentials import StsTokenCredential
from aliyunsdkcore.client import AcsClient
from alibabacloud_dataworks_public20200518 import models as dataworks
from alibabacloud_dataworks_public20200518.client import Client as DataWorks
from alibabacloud_dts20200101 import models as dts
from alibabacloud_dts20200101.client import Client as Dts
from alibabacloud_tea_openapi import utils_models
from darabonba.runtime import RuntimeOptions

ADDRESS = sys.argv[1]
KEY = ("testAccessKeyId", "testAccessKeySecret", None)
TEMPORARY_KEY = ("STS.testId", "testStsSecret", "testSecurityToken+/=")
START_PARAM = '{"failoverLimit":{"count":10,"interval":30},"ddlMarkMap":{"DROPTABLE":"WARNING"}}'
OBJECTS = '[{"DBName":"dtstestdata","TableIncludes":[{"TableName":"顾客 a b+c*~"}]}]'

if not ipaddress.ip_address(ADDRESS.rsplit(":", 1)[0]).is_loopback:
    sys.exit("loopback only")


def configure():
    source = dts.ConfigureSynchronizationJobRequestSourceEndpoint(
        instance_id="rm-1", instance_type="RDS", ip="172.16.88.1", port="3306", user_name="u", password="p@ss w/ord&=%+*~")
    destination = dts.ConfigureSynchronizationJobRequestDestinationEndpoint(instance_id="rm-2", data_base_name="dtstestdata")
    partition = dts.ConfigureSynchronizationJobRequestPartitionKey(modify_time_year=True, modify_time_day=False)
    return dts.ConfigureSynchronizationJobRequest(
        synchronization_job_id="dtsz4ao1dor13d****", synchronization_job_name="同步 🚀", data_initialization=True,
        structure_initialization=False, synchronization_objects=OBJECTS, source_endpoint=source,
        destination_endpoint=destination, partition_key=partition)


NEW = {
    "StartSynchronizationJob": (Dts, "start_synchronization_job", lambda: dts.StartSynchronizationJobRequest(
        synchronization_job_id="dtsf19100l2186****", synchronization_direction="Forward")),
    "StartDtsJob": (Dts, "start_dts_job", lambda: dts.StartDtsJobRequest(dts_job_id="l3m1213ye7l****", zero_etl_job=True)),
    "StartDtsJobs": (Dts, "start_dts_jobs", lambda: dts.StartDtsJobsRequest(dts_job_ids="a,b")),
    "ConfigureSynchronizationJob": (Dts, "configure_synchronization_job", configure),
    "StartDISyncInstance": (DataWorks, "start_disync_instance", lambda: dataworks.StartDISyncInstanceRequest(
        project_id=10000, task_type="DI_REALTIME", file_id=100, start_param=START_PARAM)),
}

OLD = {
    "StartSynchronizationJob": ("aliyunsdkdts", "v20200101", {"SynchronizationJobId": "dtsf19100l2186****"}),
    "StartDtsJob": ("aliyunsdkdts", "v20200101", {"DtsJobId": "a b+c*~中文/&=%"}),
    "StartDtsJobs": ("aliyunsdkdts", "v20200101", {"DtsJobIds": "a,b"}),
    "ConfigureSynchronizationJob": ("aliyunsdkdts", "v20200101", {
        "SynchronizationJobId": "d", "SynchronizationObjects": OBJECTS, "DataInitialization": True,
        "StructureInitialization": False, "SourceEndpointPassword": "p@ss w/ord&=%+*~"}),
    "StartDISyncInstance": ("aliyunsdkdataworks_public", "v20200518", {
        "ProjectId": 10000, "TaskType": "DI_REALTIME", "FileId": 100, "StartParam": START_PARAM}),
}


def call_new(operation, key, algorithm=None):
    client, method, request = NEW[operation]
    config = utils_models.Config(
        access_key_id=key[0], access_key_secret=key[1], security_token=key[2], region_id="cn-hangzhou", protocol="http",
        endpoint=ADDRESS, read_timeout=8000, connect_timeout=3000, signature_algorithm=algorithm)
    response = getattr(client(config), method + "_with_options")(request(), RuntimeOptions())
    return response.body.request_id


def call_old(operation, key, answer_format="JSON"):
    package, version, values = OLD[operation]
    request = getattr(importlib.import_module(f"{package}.request.{version}.{operation}Request"), operation + "Request")()
    for name, value in values.items():
        getattr(request, "set_" + name)(value)
    request.set_endpoint(ADDRESS)
    request.set_protocol_type("http")
    if key[2]:
        client = AcsClient(credential=StsTokenCredential(*key), region_id="cn-hangzhou", auto_retry=False)
    else:
        client = AcsClient(key[0], key[1], "cn-hangzhou", auto_retry=False)
    if answer_format == "JSON":
        return client.do_action_with_exception(request).decode()
    request.set_accept_format(answer_format)
    root = ElementTree.fromstring(client.do_action(request).decode())
    if root.tag == "Error":
        raise RuntimeError(root.findtext("Code"))
    return root.findtext("RequestId")


def calls():
    for operation in NEW:
        for name, key in (("key", KEY), ("temporary key", TEMPORARY_KEY)):
            yield f"V3 {operation}, {name}", None, lambda: call_new(operation, key)
            yield f"V1 new {operation}, {name}", None, lambda: call_new(operation, key, "v2")
            yield f"V1 old {operation}, {name}", None, lambda: call_old(operation, key)
        yield f"V1 old {operation}, XML", None, lambda: call_old(operation, KEY, "XML")
    wrong, nobody = (KEY[0], "wrong", None), ("nobody", "secret", None)
    for generation, call in (("V3", call_new), ("V1 new", lambda o, k: call_new(o, k, "v2")), ("V1 old", call_old)):
        yield f"{generation} wrong secret", "SignatureDoesNotMatch", lambda: call("StartDtsJob", wrong)
        yield f"{generation} unknown key", "InvalidAccessKeyId.NotFound", lambda: call("StartDtsJob", nobody)


def outcome(call):
    try:
        return None if call() else "an answer without a request ID"
    except Exception as error:  # whatever a client raises is an outcome
        inner = getattr(error, "inner_exception", None) or error
        return getattr(error, "code", None) or getattr(error, "error_code", None) or str(inner)


def main():
    passed = failed = 0
    for name, expected, call in calls():
        seen = outcome(call)
        # The old client compares the server's string to sign with its own and blames the secret when they are equal.
        good = seen == expected or (expected == "SignatureDoesNotMatch" and seen == "InvalidAccessKeySecret")
        passed, failed = passed + good, failed + (not good)
        print(f"{'ok' if good else 'FAILED'}  {name}" + ("" if good else f": {seen}"), flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
