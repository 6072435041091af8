"""Faults on the API: what they do to a call, to its effect, and for how long."""

import time

import pytest
from botocore.exceptions import BotoCoreError, ClientError, ConnectionClosedError, ReadTimeoutError

from subjects import AWAY, HOME, code, eventually, status


def promote(pair):
    return pair.away.promote_read_replica(DBInstanceIdentifier=pair.replica)


def test_a_lost_reply_leaves_the_effect(pair):
    pair.lab.fault("lost_reply", operation="PromoteReadReplica", count=1)
    with pytest.raises(BotoCoreError):
        promote(pair)
    with pytest.raises(ClientError) as caught:
        promote(pair)
    assert code(caught) == "InvalidDBInstanceState"
    first, second = pair.lab.calls(operation="PromoteReadReplica")
    assert (first["effect"], first["outcome"], first["status"]) == (True, "cut", 200)
    assert (second["effect"], second["outcome"], second["status"]) == (False, "answered", 400)
    assert eventually(lambda: pair.state()["role"] == "writer")
    assert pair.state()["promotions"] == 1


def test_throttling_is_a_400_and_ends_after_its_count(pair):
    pair.lab.fault("throttle", service="rds", operation="DescribeDBInstances", region=AWAY, count=2)
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            pair.describe()
        assert (code(caught), status(caught)) == ("Throttling", 400)
    assert pair.describe()
    assert pair.describe(away=False), "the other Region was never hit"
    assert pair.lab.order("GET", "faults") == []


def test_a_fault_can_end_with_time(pair):
    pair.lab.fault("throttle", service="rds", region=AWAY, seconds=0.3)
    with pytest.raises(ClientError):
        pair.describe()
    assert eventually(lambda: try_describe(pair))


def try_describe(pair):
    try:
        return pair.describe()
    except ClientError:
        return None


@pytest.mark.parametrize(
    "service, wanted",
    [("rds", "AccessDenied"), ("ec2", "UnauthorizedOperation"), ("dynamodb", "AccessDeniedException")],
)
def test_access_denied_in_the_words_of_each_protocol(lab, service, wanted):
    lab.fault("access_denied", service=service)
    call = {"rds": "describe_db_instances", "ec2": "describe_vpcs", "dynamodb": "list_tables"}[service]
    with pytest.raises(ClientError) as caught:
        getattr(lab.client(service, AWAY), call)()
    assert (code(caught), status(caught)) == (wanted, 403)


def test_an_expired_token_refuses_everything(lab):
    lab.fault("expired_token")
    for service, call, wanted in (
        ("rds", "describe_db_instances", "ExpiredToken"),
        ("route53", "list_hosted_zones", "ExpiredToken"),
        ("cloudwatch", "list_metrics", "ExpiredTokenException"),
    ):
        with pytest.raises(ClientError) as caught:
            getattr(lab.client(service, AWAY), call)()
        assert (code(caught), status(caught)) == (wanted, 403)


def test_an_error_of_choice_has_no_effect(pair):
    pair.lab.fault("error", operation="PromoteReadReplica", code="InternalFailure", status=503, count=1)
    with pytest.raises(ClientError) as caught:
        promote(pair)
    assert (code(caught), status(caught)) == ("InternalFailure", 503)
    assert pair.lab.calls(operation="PromoteReadReplica")[0]["effect"] is False
    assert pair.state()["promotions"] == 0


def test_an_error_can_be_about_one_database_only(pair):
    pair.lab.fault("error", operation="DescribeDBInstances", code="Odd", identifier=pair.replica)
    with pytest.raises(ClientError) as caught:
        pair.describe()
    assert code(caught) == "Odd"
    assert pair.describe(away=False)


def test_prior_request_not_complete_can_be_scripted(lab):
    zone = lab.client("route53", "us-east-1").create_hosted_zone(Name="pr.example.org", CallerReference="pr")
    lab.fault(
        "error", operation="ChangeResourceRecordSets", code="PriorRequestNotComplete", status=400, count=1
    )
    change = {
        "Action": "UPSERT",
        "ResourceRecordSet": {
            "Name": "a.pr.example.org",
            "Type": "A",
            "TTL": 5,
            "ResourceRecords": [{"Value": "192.0.2.1"}],
        },
    }
    with pytest.raises(ClientError) as caught:
        lab.client("route53", "us-east-1").change_resource_record_sets(
            HostedZoneId=zone["HostedZone"]["Id"], ChangeBatch={"Changes": [change]}
        )
    assert code(caught) == "PriorRequestNotComplete"


@pytest.mark.parametrize("mode, error", [("refuse", ConnectionClosedError), ("blackhole", ReadTimeoutError)])
def test_a_dead_region_drops_or_holds_its_calls(lab, mode, error):
    lab.fault("region_down", region=HOME, mode=mode)
    with pytest.raises(error):
        lab.client("rds", HOME, read_timeout=0.3).describe_db_instances()
    assert lab.client("rds", AWAY).describe_db_instances()
    assert lab.calls(region=HOME)[-1]["status"] is None


def test_us_east_1_takes_the_route_53_api_and_its_metrics_along(lab):
    lab.fault("region_down", region="us-east-1", mode="503")
    for service, call in (
        ("route53", "list_hosted_zones"),
        ("cloudwatch", "list_metrics"),
        ("sts", "get_caller_identity"),
    ):
        with pytest.raises(ClientError) as caught:
            getattr(lab.client(service, "us-east-1"), call)()
        assert status(caught) == 503
    assert lab.client("cloudwatch", AWAY).list_metrics()["Metrics"] is not None


def test_a_black_hole_lets_go_when_the_fault_is_lifted(lab):
    import threading

    fault = lab.fault("api_down", region=HOME, mode="blackhole")
    done = threading.Event()

    def call():
        with pytest.raises(BotoCoreError):
            lab.client("rds", HOME).describe_db_instances()
        done.set()

    threading.Thread(target=call, daemon=True).start()
    eventually(lambda: lab.calls(region=HOME))
    lab.lift(fault)
    assert done.wait(3)


@pytest.mark.parametrize("body", ["html", "truncated", "empty"])
def test_garbage_comes_with_a_200(pair, body):
    pair.lab.fault("garbage", operation="DescribeDBInstances", body=body, count=1)
    with pytest.raises(Exception, match=r"arse|DBInstances|XML|index"):
        pair.describe()
    assert pair.lab.calls(operation="DescribeDBInstances")[-1]["status"] == 200
    assert pair.describe()


def test_latency_slows_one_operation(pair):
    pair.lab.fault("latency", operation="DescribeDBInstances", region=AWAY, seconds=0.4)
    begun = time.monotonic()
    pair.describe()
    assert time.monotonic() - begun >= 0.4
    begun = time.monotonic()
    pair.describe(away=False)
    assert time.monotonic() - begun < 0.4


def test_frozen_reads_show_the_world_as_it_was(pair):
    fault = pair.lab.fault("stale_reads", operation="DescribeDBInstances")
    promote(pair)
    eventually(lambda: pair.state()["role"] == "writer")
    assert pair.describe()["DBInstanceStatus"] == "available"
    assert pair.describe()["ReadReplicaSourceDBInstanceIdentifier"] == pair.primary_arn
    pair.lab.lift(fault)
    assert "ReadReplicaSourceDBInstanceIdentifier" not in pair.describe()


def test_broken_replication_leaves_both_databases_alive(pair):
    pair.lab.fault("replication_broken", identifier=pair.replica, region=AWAY)
    assert eventually(lambda: pair.describe()["StatusInfos"][0]["Status"] == "error")
    assert pair.state()["accepting"] and pair.state(away=False)["accepting"]
    assert eventually(lambda: pair.state()["lag_seconds"] > 0.5)
