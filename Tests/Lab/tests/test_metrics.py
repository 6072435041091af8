"""CloudWatch: what the simulated databases publish, and what a client puts and gets."""

import datetime

import pytest
from botocore.exceptions import ClientError

from subjects import AWAY, HOME, ask, code, eventually, values

JSON, QUERY = "json", "query"


def lag(pair):
    return values(
        pair.lab.client("cloudwatch", AWAY), "AWS/RDS", "ReplicaLag", {"DBInstanceIdentifier": pair.replica}
    )


def set_lag(pair, **lag):
    pair.lab.order("POST", f"databases/{AWAY}/{pair.replica}", {"lag": lag})


def test_a_healthy_replica_lags_a_little_and_only_in_its_own_region(pair):
    newest = eventually(lambda: lag(pair))[0]
    assert 0.2 <= newest <= 0.3
    home = pair.lab.client("cloudwatch", HOME)
    assert values(home, "AWS/RDS", "ReplicaLag", {"DBInstanceIdentifier": pair.replica}) == []


def test_the_lag_grows_once_the_source_is_dead(pair):
    pair.lab.fault("database_down", identifier=pair.primary)
    assert eventually(lambda: (lag(pair) or [0])[0] > 0.8)
    pair.lab.lift()
    assert eventually(lambda: lag(pair)[0] < 0.4)


def test_the_lag_can_be_fixed_minus_one_stale_or_missing(pair):
    eventually(lambda: lag(pair))
    set_lag(pair, kind="fixed", seconds=300)
    assert eventually(lambda: lag(pair)[0] == 300)
    set_lag(pair, kind="minus_one")
    assert eventually(lambda: lag(pair)[0] == -1)
    set_lag(pair, kind="stale")
    count = len(lag(pair))
    pair.lab.fault("metrics_missing", metric="ReplicaLag", identifier=pair.replica)
    assert lag(pair) == []
    pair.lab.lift()
    assert len(lag(pair)) in (count, count + 1), "a stale series keeps its old samples and gets no new ones"


def test_an_idle_source_makes_a_sawtooth(pair):
    pair.lab.settings(sawtooth_peak_seconds=300.0, sawtooth_minutes=2.5)
    set_lag(pair, kind="sawtooth")
    assert eventually(lambda: len(lag(pair)) > 6)
    seen = lag(pair)
    assert max(seen) > 150 and min(seen) < 150


def test_a_promoted_replica_publishes_no_more_lag(pair):
    eventually(lambda: lag(pair))
    pair.away.promote_read_replica(DBInstanceIdentifier=pair.replica)
    eventually(lambda: pair.state()["role"] == "writer")
    before = len(lag(pair))
    connections = {"DBInstanceIdentifier": pair.replica}
    client = pair.lab.client("cloudwatch", AWAY)
    have = len(values(client, "AWS/RDS", "DatabaseConnections", connections))
    eventually(lambda: len(values(client, "AWS/RDS", "DatabaseConnections", connections)) > have + 2)
    assert len(lag(pair)) == before


def test_the_global_lag_is_in_milliseconds_and_follows_the_roles(aurora):
    name = {"DBClusterIdentifier": aurora.reader.split(":")[-1]}
    old = {"DBClusterIdentifier": aurora.writer.split(":")[-1]}
    home, away = (aurora.lab.client("cloudwatch", region) for region in (HOME, AWAY))
    newest = eventually(lambda: values(away, "AWS/RDS", "AuroraGlobalDBRPOLag", name))[0]
    assert 200 <= newest <= 300
    assert values(away, "AWS/RDS", "AuroraGlobalDBReplicationLag", name)[0] < newest
    assert values(home, "AWS/RDS", "AuroraGlobalDBRPOLag", old) == []
    aurora.home.switchover_global_cluster(
        GlobalClusterIdentifier=aurora.name, TargetDbClusterIdentifier=aurora.reader
    )
    assert eventually(lambda: values(home, "AWS/RDS", "AuroraGlobalDBRPOLag", old))


def test_connections_of_a_fenced_writer_fade(pair):
    name = {"DBInstanceIdentifier": pair.primary}
    client = pair.lab.client("cloudwatch", HOME)
    assert eventually(lambda: values(client, "AWS/RDS", "DatabaseConnections", name))[0] == 5
    pair.lab.order("POST", f"databases/{HOME}/{pair.primary}", {"connections": 0})
    assert eventually(lambda: values(client, "AWS/RDS", "DatabaseConnections", name)[0] == 0)


@pytest.mark.parametrize("protocol", [JSON, QUERY])
def test_custom_metrics_work_in_both_protocols(lab, protocol):
    client = lab.client("cloudwatch", AWAY)
    if protocol == QUERY:
        reply = form(
            lab,
            "PutMetricData",
            {
                "Namespace": "drctl",
                "MetricData.member.1.MetricName": "Query",
                "MetricData.member.1.Value": "7",
            },
        )
        assert b"<PutMetricDataResponse" in reply
        now = datetime.datetime.now(datetime.UTC)
        prefix = "MetricDataQueries.member.1."
        text = form(
            lab,
            "GetMetricData",
            {
                "StartTime": (now - datetime.timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "EndTime": (now + datetime.timedelta(seconds=2)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                prefix + "Id": "a",
                prefix + "MetricStat.Metric.Namespace": "drctl",
                prefix + "MetricStat.Metric.MetricName": "Query",
                prefix + "MetricStat.Period": "60",
                prefix + "MetricStat.Stat": "Maximum",
            },
        )
        assert (
            b"<Values><member>7.0</member></Values>" in text and b"<StatusCode>Complete</StatusCode>" in text
        )
    else:
        client.put_metric_data(Namespace="drctl", MetricData=[{"MetricName": "Json", "Value": 7}])
        assert values(client, "drctl", "Json", {}) == [7.0]


def form(lab, action, fields):
    """A signed query-protocol request, which boto3 no longer sends to CloudWatch."""
    import urllib.parse
    import urllib.request

    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    body = urllib.parse.urlencode({"Action": action, "Version": "2010-08-01", **fields}).encode()
    request = AWSRequest(
        "POST", lab.url + "/", data=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    SigV4Auth(Credentials("lab", "lab"), "monitoring", AWAY).add_auth(request)
    with urllib.request.urlopen(
        urllib.request.Request(lab.url + "/", data=body, headers=dict(request.headers), method="POST")
    ) as reply:
        return reply.read()


def test_paging_says_partial_until_all_points_are_out(lab):
    client = lab.client("cloudwatch", AWAY)
    for age in range(6):
        lab.order(
            "POST",
            "metrics",
            {"region": AWAY, "namespace": "drctl", "metric": "Paged", "value": age, "age_seconds": age},
        )
    first = ask(client, "drctl", "Paged", {}, MaxDatapoints=4)
    assert first["MetricDataResults"][0]["StatusCode"] == "PartialData"
    rest = ask(client, "drctl", "Paged", {}, MaxDatapoints=4, NextToken=first["NextToken"])
    assert "NextToken" not in rest and rest["MetricDataResults"][0]["StatusCode"] == "Complete"
    seen = first["MetricDataResults"][0]["Values"] + rest["MetricDataResults"][0]["Values"]
    assert seen == [0, 1, 2, 3, 4, 5]


def test_a_true_minute_folds_its_samples(lab):
    lab.settings(scale_periods=False)
    client = lab.client("cloudwatch", AWAY)
    for value in (1, 5, 3):
        client.put_metric_data(
            Namespace="drctl",
            MetricData=[
                {
                    "MetricName": "Folded",
                    "Value": value,
                    "Timestamp": datetime.datetime(2026, 1, 1, 12, 0, value),
                }
            ],
        )
    got = client.get_metric_statistics(
        Namespace="drctl",
        MetricName="Folded",
        Period=60,
        Statistics=["Maximum", "SampleCount", "Average"],
        StartTime=datetime.datetime(2026, 1, 1, 11),
        EndTime=datetime.datetime(2026, 1, 1, 13),
    )["Datapoints"]
    assert [(p["Maximum"], p["SampleCount"], p["Average"]) for p in got] == [(5, 3, 3)]


def test_a_bad_token_and_a_bad_id_are_refused(lab):
    client = lab.client("cloudwatch", AWAY)
    with pytest.raises(ClientError) as caught:
        ask(client, "drctl", "x", {}, NextToken="nonsense")
    assert code(caught) == "InvalidNextToken"
    with pytest.raises(ClientError) as caught:
        client.put_metric_data(Namespace="AWS/RDS", MetricData=[{"MetricName": "x", "Value": 1}])
    assert code(caught) == "InvalidParameterValue"


def test_samples_appear_only_after_the_publishing_delay(pair):
    eventually(lambda: lag(pair))
    pair.lab.settings(metric_delay_seconds=60.0)
    assert lag(pair) == []
