"""The log of calls, signatures, and orders that make no sense."""

import contextlib

import pytest
from botocore.exceptions import ClientError

from lab.process import LabError
from subjects import AWAY, code, status


def test_calls_carry_who_where_what_and_when(pair):
    pair.lab.order("DELETE", "calls")
    pair.describe()
    (call,) = pair.lab.calls(service="RDS", region=AWAY)
    assert (call["operation"], call["access_key"], call["status"]) == ("DescribeDBInstances", "lab", 200)
    assert call["parameters"]["DBInstanceIdentifier"] == pair.replica
    assert call["effect"] is False and call["time"] > 0 and call["host"]
    pair.lab.client("cloudwatch", AWAY).put_metric_data(
        Namespace="drctl", MetricData=[{"MetricName": "m", "Value": 1}]
    )
    (call,) = pair.lab.calls(operation="PutMetricData")
    assert (call["service"], call["effect"], call["parameters"]["Namespace"]) == ("monitoring", True, "drctl")
    zone = pair.lab.client("route53", "us-east-1").create_hosted_zone(
        Name="c.example.org", CallerReference="c"
    )
    pair.lab.client("route53", "us-east-1").get_hosted_zone(Id=zone["HostedZone"]["Id"])
    (call,) = pair.lab.calls(operation="GetHostedZone")
    assert call["parameters"]["Id"] in zone["HostedZone"]["Id"]


def test_an_unsigned_call_is_recorded_with_a_question_mark(lab):
    import urllib.error
    import urllib.request

    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(f"{lab.url}/?Action=GetCallerIdentity&Version=2011-06-15", timeout=5)
    (call,) = lab.calls(operation="GetCallerIdentity")
    assert (call["region"], call["access_key"]) == ("?", "?")


def test_wrong_signatures_are_refused_once_keys_are_given(lab):
    lab.order("POST", "auth", {"keys": {"lab": "another secret"}})
    for service, call in (
        ("rds", "describe_db_instances"),
        ("route53", "list_hosted_zones"),
        ("sts", "get_caller_identity"),
    ):
        with pytest.raises(ClientError) as caught:
            getattr(lab.client(service, AWAY), call)()
        assert (code(caught), status(caught)) == ("SignatureDoesNotMatch", 403)
    lab.order("POST", "auth", {"keys": {"somebody": "else"}})
    with pytest.raises(ClientError) as caught:
        lab.client("rds", AWAY).describe_db_instances()
    assert code(caught) == "InvalidClientTokenId"
    lab.order("POST", "auth", {"keys": {"lab": "lab"}})
    for service, call in (
        ("rds", "describe_db_instances"),
        ("route53", "list_hosted_zones"),
        ("sns", "list_topics"),
        ("dynamodb", "list_tables"),
        ("cloudwatch", "list_metrics"),
        ("ec2", "describe_vpcs"),
    ):
        assert getattr(lab.client(service, AWAY), call)()


def signed_call(lab, at):
    """DescribeDBInstances with the signature of another time."""
    import datetime
    import urllib.request
    from unittest import mock

    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    body = b"Action=DescribeDBInstances&Version=2014-10-31"
    request = AWSRequest("POST", lab.url + "/", data=body)
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=at)
    with mock.patch("botocore.auth.get_current_datetime", return_value=moment):
        SigV4Auth(Credentials("lab", "lab"), "rds", AWAY).add_auth(request)
    headers = {**request.headers, "Content-Type": "application/x-www-form-urlencoded"}
    with urllib.request.urlopen(urllib.request.Request(lab.url + "/", body, headers)) as reply:
        return reply.status


def test_a_clock_that_is_twenty_minutes_off_is_refused(lab):
    import urllib.error

    lab.order("POST", "auth", {"keys": {"lab": "lab"}})
    assert signed_call(lab, 600) == 200
    for off in (-1200, 1200):
        with pytest.raises(urllib.error.HTTPError) as caught:
            signed_call(lab, off)
        assert caught.value.code == 403
        assert b"<Code>SignatureDoesNotMatch</Code>" in caught.value.read()


def test_one_connection_serves_many_calls(lab):
    import http.client

    connection = http.client.HTTPConnection(lab.url.removeprefix("http://"))
    for _ in range(3):
        connection.request("POST", "/", b"Action=GetCallerIdentity&Version=2011-06-15")
        reply = connection.getresponse()
        reply.read()
        assert not reply.will_close


@pytest.mark.parametrize(
    "order",
    [
        ("faults", {"kind": "earthquake"}),
        ("faults", {"kind": "region_down"}),
        ("settings", {"promotion_second": 1}),
        ("settings", {"promotion_seconds": -1}),
        ("settings", {"down_mode": "maybe"}),
        ("settings", {"metric_period_seconds": 0}),
        ("databases/eu-west-1/nobody", {"status": "available"}),
        ("databases", {}),
        ("nowhere", {}),
    ],
)
def test_nonsense_orders_are_refused(lab, order):
    with pytest.raises(LabError):
        lab.order("POST", *order)
    assert lab.state()["faults"] == []
