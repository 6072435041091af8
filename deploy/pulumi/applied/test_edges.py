"""Where clients and machines come in: the payments' API, the plant's ingestion."""

from urllib.parse import urlsplit

import pytest

from .conftest import Client


def regions(outputs: dict[str, str]) -> tuple[str, str]:
    return outputs["primaryRegion"], outputs["standbyRegion"]


def test_the_api_has_one_name_in_both_regions(outputs: dict[str, str], client: Client) -> None:
    if "apiUrl" not in outputs:
        pytest.skip("this system has no API")
    name = urlsplit(outputs["apiUrl"]).hostname
    for region in regions(outputs):
        gateway = client("apigatewayv2", region)
        assert gateway.get_domain_name(DomainName=name)["DomainName"] == name
        (mapping,) = gateway.get_api_mappings(DomainName=name)["Items"]
        routes = {r["RouteKey"]: r for r in gateway.get_routes(ApiId=mapping["ApiId"])["Items"]}
        assert routes.keys() == {"GET /health", "POST /payments"}
        assert routes["POST /payments"]["AuthorizationType"] == "JWT"


def test_both_regions_run_the_same_code(outputs: dict[str, str], client: Client) -> None:
    digests: dict[str, set[str]] = {}
    for region in regions(outputs):
        for function in client("lambda", region).list_functions()["Functions"]:
            thing = function["FunctionName"].replace(region, "REGION")
            digests.setdefault(thing, set()).add(function["CodeSha256"])
    assert digests
    assert [thing for thing, found in digests.items() if len(found) != 1] == []


def test_readings_come_from_the_topic_to_the_stream(outputs: dict[str, str], client: Client) -> None:
    if "ingestionTopic" not in outputs:
        pytest.skip("this system has no machines")
    plant = outputs["ingestionTopic"].split("/")[0]
    for region in regions(outputs):
        iot = client("iot", region)
        rules = [iot.get_topic_rule(ruleName=r["ruleName"])["rule"] for r in iot.list_topic_rules()["rules"]]
        (rule,) = [r for r in rules if f"'{plant}/+/+/telemetry'" in r["sql"]]
        (action,) = rule["actions"]
        stream = client("kinesis", region).describe_stream(StreamName=action["kinesis"]["streamName"])
        arn = stream["StreamDescription"]["StreamARN"]
        sources = client("lambda", region).list_event_source_mappings(EventSourceArn=arn)
        (source,) = sources["EventSourceMappings"]
        assert "stream-processor" in source["FunctionArn"]
