#!/usr/bin/env python3
"""Calls operations with the official Python clients, given inputs by their names on the wire.

usage: differential.py HOST:PORT MODE SECRET INPUTS

MODE is v3 or v1 (the current clients), old or old-xml (the older one). One line of JSON is printed per call.
"""
import importlib
import ipaddress
import json
import logging
import sys
import warnings
import xml.etree.ElementTree as ElementTree

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from aliyunsdkcore.client import AcsClient
from alibabacloud_tea_openapi import utils_models
from darabonba.runtime import RuntimeOptions

ADDRESS, MODE, SECRET, INPUTS = sys.argv[1:]
NEW = {"2020-01-01": "alibabacloud_dts20200101", "2020-05-18": "alibabacloud_dataworks_public20200518"}
OLD = {"2020-01-01": ("aliyunsdkdts", "v20200101"), "2020-05-18": ("aliyunsdkdataworks_public", "v20200518")}

if not ipaddress.ip_address(ADDRESS.rsplit(":", 1)[0]).is_loopback:
    sys.exit("loopback only")


class Unsupported(Exception):
    code = "unsupported"


def new_clients():
    config = utils_models.Config(
        access_key_id="testAccessKeyId", access_key_secret=SECRET, region_id="cn-hangzhou", protocol="http", endpoint=ADDRESS,
        read_timeout=8000, connect_timeout=3000, signature_algorithm="v2" if MODE == "v1" else None)
    clients = {}
    for version, package in NEW.items():
        client = importlib.import_module(package + ".client").Client(config)
        methods = {name.replace("_", ""): name for name in dir(client) if name.endswith("_with_options")}
        clients[version] = client, methods, importlib.import_module(package + ".models")
    return clients


def call_new(clients, call):
    client, methods, models = clients[call["version"]]
    method = methods.get(call["operation"].lower() + "withoptions")
    request = getattr(models, call["operation"] + "Request", None)
    if method is None or request is None:
        raise Unsupported
    model = request()
    model.from_map(call["parameters"])
    declared = {name: str(kind) for name, kind in request.__init__.__annotations__.items()}
    for name, value in vars(model).items():
        # JSON in a string is a string to this client, and a list in one string is, or is a list.
        if isinstance(value, (dict, list)) and declared.get(name) in ("str", "<class 'str'>"):
            setattr(model, name, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        elif isinstance(value, str) and "List" in declared.get(name, ""):
            setattr(model, name, value.split(","))
        elif isinstance(value, str) and "Dict" in declared.get(name, ""):
            raise Unsupported
    getattr(client, method)(model, RuntimeOptions())


def text(value):
    return str(value).lower() if isinstance(value, bool) else value


def call_old(client, call):
    package, version = OLD[call["version"]]
    name = call["operation"] + "Request"
    try:
        request = getattr(importlib.import_module(f"{package}.request.{version}.{name}"), name)()
    except ImportError:
        raise Unsupported from None
    for parameter, value in call["parameters"].items():
        if parameter == "RegionId":  # the client sets it
            continue
        setter = getattr(request, "set_" + parameter.replace(".", ""), None)
        if setter is None:
            raise Unsupported
        setter(text(value))
    request.set_endpoint(ADDRESS)
    request.set_protocol_type("http")
    if MODE == "old":
        client.do_action_with_exception(request)
        return
    request.set_accept_format("XML")
    root = ElementTree.fromstring(client.do_action(request).decode())
    if root.tag == "Error":
        error = RuntimeError("refused")
        error.code = root.findtext("Code")
        raise error


def outcome(call, carry_out):
    try:
        carry_out(call)
        return None
    except Exception as error:  # whatever a client raises is an outcome
        code = getattr(error, "code", None) or getattr(error, "error_code", None) or repr(error)
        # The older client compares the server's string to sign with its own and blames the secret when they are equal.
        return "SignatureDoesNotMatch" if code == "InvalidAccessKeySecret" else code


def main():
    if MODE in ("v3", "v1"):
        clients = new_clients()
        carry_out = lambda call: call_new(clients, call)
    else:
        client = AcsClient("testAccessKeyId", SECRET, "cn-hangzhou", auto_retry=False)
        carry_out = lambda call: call_old(client, call)
    with open(INPUTS, encoding="utf-8") as file:
        for call in json.load(file):
            print(json.dumps({"operation": call["operation"], "code": outcome(call, carry_out)}), flush=True)


main()
