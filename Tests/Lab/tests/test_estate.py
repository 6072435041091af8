"""The estate that the demo protects, and the whole of a failover on it."""

import json
import socket

import pytest
from botocore.exceptions import BotoCoreError
from dnslib import DNSRecord

from conftest import QUICK
from lab.estate import Estate
from lab.process import Lab
from subjects import eventually


@pytest.fixture(scope="module")
def site():
    with Lab(**QUICK) as lab:
        yield lab, Estate(lab.url).build()


def answers(lab, name):
    host, port = lab.dns.split(":")
    return [
        str(row.rdata)
        for row in DNSRecord.parse(DNSRecord.question(name).send(host, int(port), timeout=2)).rr
    ]


def test_the_estate_names_all_that_a_configuration_needs(site):
    _, estate = site
    assert json.loads(json.dumps(estate)) == estate
    assert set(estate["topics"]) == {"ap-southeast-1", "ap-southeast-2", "us-east-1", "us-east-2"}
    for workload in estate["workloads"].values():
        for side in ("primary", "standby"):
            assert workload[side]["endpoint"] == f"{workload[side]['host']}:{workload[side]['port']}"
            assert set(workload[side]["security_groups"]) == {"app", "quarantine"}


def test_the_records_lead_to_the_primaries(site):
    lab, estate = site
    for workload in estate["workloads"].values():
        found = eventually(lambda workload=workload: answers(lab, workload["record"]["name"]))
        assert found[0] == workload["primary"]["host"] + "."
        with socket.create_connection((found[-1], workload["primary"]["port"]), timeout=2) as connection:
            connection.sendall(bytes.fromhex("0000000804d2162f"))
            assert connection.recv(1) == b"S"


def test_a_message_reaches_the_queue_of_its_region_and_not_a_dead_one(site):
    lab, estate = site
    topic = estate["topics"]["us-east-2"]
    lab.client("sns", "us-east-2").publish(
        TopicArn=topic["arn"], Message="failover of payments", Subject="drctl"
    )
    received = lab.client("sqs", "us-east-2").receive_message(QueueUrl=topic["queue_url"], WaitTimeSeconds=1)
    assert json.loads(received["Messages"][0]["Body"])["Message"] == "failover of payments"
    lab.fault("region_down", region="us-east-1")
    with pytest.raises(BotoCoreError):
        lab.client("sns", "us-east-1").publish(TopicArn=estate["topics"]["us-east-1"]["arn"], Message="x")
    lab.lift()


def test_an_alarm_tells_its_topic(site):
    lab, estate = site
    topic = estate["topics"]["us-east-2"]
    client = lab.client("cloudwatch", "us-east-2")
    client.put_metric_alarm(
        AlarmName="told",
        Namespace="drctl",
        MetricName="told",
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        TreatMissingData="breaching",
        AlarmActions=[topic["arn"]],
    )
    sqs = lab.client("sqs", "us-east-2")

    def told():
        for message in sqs.receive_message(QueueUrl=topic["queue_url"]).get("Messages", []):
            inner = json.loads(message["Body"])["Message"]
            if inner.startswith("{"):
                return json.loads(inner)
        return None

    message = eventually(told)
    assert (message["AlarmName"], message["NewStateValue"]) == ("told", "ALARM")


def test_us_east_1_dies_and_payments_moves_without_the_route_53_api(site):
    lab, estate = site
    payments = estate["workloads"]["payments"]
    lever, standby = payments["lever"], payments["standby"]
    metrics = lab.client("cloudwatch", lever["region"])

    def put(value):
        metrics.put_metric_data(
            Namespace=lever["namespace"],
            MetricData=[
                {
                    "MetricName": lever["metric"],
                    "Value": value,
                    "Dimensions": [{"Name": lever["dimension"], "Value": lever["value"]}],
                }
            ],
        )

    put(0)
    lab.fault("region_down", region="us-east-1", mode="blackhole")
    lab.client("rds", standby["region"]).failover_global_cluster(
        GlobalClusterIdentifier=payments["global_cluster"],
        TargetDbClusterIdentifier=standby["arn"],
        AllowDataLoss=True,
    )
    eventually(lambda: lab.database(standby["region"], standby["identifier"])["role"] == "writer")
    assert answers(lab, payments["record"]["name"])[0] == payments["primary"]["host"] + "."

    def moved():
        put(1)
        return answers(lab, payments["record"]["name"])[0] == standby["host"] + "."

    assert eventually(moved)
    state = lab.state()
    kinds = [effect["kind"] for effect in state["effects"] if effect["identifier"] == standby["identifier"]]
    assert kinds == ["failover", "failover_finished"]


def test_the_same_seed_gives_the_same_endpoint_names(site):
    _, estate = site
    primary = estate["workloads"]["orders"]["primary"]
    with Lab(**QUICK) as again:
        made = again.client("rds", primary["region"]).create_db_instance(
            DBInstanceIdentifier=primary["identifier"],
            DBInstanceClass="db.r6g.large",
            Engine="postgres",
            EngineVersion="16.3",
            MasterUsername="app",
            MasterUserPassword="secret-enough",
        )["DBInstance"]
    assert made["Endpoint"]["Address"] == primary["host"]


def test_the_port_file_goes_when_the_lab_is_told_to_end(tmp_path):
    import os
    import signal
    import subprocess
    import sys
    from pathlib import Path

    folder = Path(__file__).resolve().parent.parent
    file = tmp_path / "ports.json"
    process = subprocess.Popen(
        [sys.executable, "-m", "lab", "--port-file", str(file)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
    eventually(file.exists, seconds=20)
    assert set(json.loads(file.read_text())) == {"url", "dns", "control"}
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0
    assert not file.exists()
