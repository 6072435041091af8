"""The function that scales a service with its Region's role, against moto."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.rds.models import rds_backends

from functions.service_capacity import handler

NAME, ALARM, DATABASE = "orders-processor", "leave-the-other-region", "orders-database"
INSTANCE: Any = {
    "DBInstanceClass": "db.m7g.large",
    "Engine": "postgres",
    "AllocatedStorage": 20,
    "MasterUsername": "owner",
    "MasterUserPassword": "not-a-secret",
}
SOURCE = f"arn:aws:rds:eu-central-1:123456789012:db:{DATABASE}"


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    given = {
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "ROLE": "standby",
        "LEVER_ALARM": ALARM,
        "DATABASE": DATABASE,
        "CLUSTER": NAME,
        "SERVICE": NAME,
        "LEADING_TASKS": "3",
        "WAITING_TASKS": "1",
    }
    for key, value in given.items():
        monkeypatch.setenv(key, value)
    with mock_aws():
        ecs = boto3.client("ecs")
        ecs.create_cluster(clusterName=NAME)
        container = {"name": "processor", "image": "processor", "memory": 512}
        ecs.register_task_definition(family=NAME, containerDefinitions=[container])
        ecs.create_service(cluster=NAME, serviceName=NAME, taskDefinition=NAME, desiredCount=1)
        boto3.client("application-autoscaling").register_scalable_target(
            ServiceNamespace="ecs",
            ResourceId=f"service/{NAME}/{NAME}",
            ScalableDimension="ecs:service:DesiredCount",
            MinCapacity=1,
            MaxCapacity=12,
        )
        boto3.client("cloudwatch").put_metric_alarm(
            AlarmName=ALARM,
            Namespace="drctl",
            MetricName="FailoverActive",
            Statistic="Maximum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanOrEqualToThreshold",
        )
        lever("OK")
        replicate()
        yield


def replicate() -> None:
    """A database at home, and its replica here."""
    boto3.client("rds", "eu-central-1").create_db_instance(DBInstanceIdentifier=DATABASE, **INSTANCE)
    boto3.client("rds").create_db_instance_read_replica(
        DBInstanceIdentifier=DATABASE, SourceDBInstanceIdentifier=SOURCE, SourceRegion="eu-central-1"
    )


def lever(state: Any) -> None:
    boto3.client("cloudwatch").set_alarm_state(AlarmName=ALARM, StateValue=state, StateReason="test")


def tasks() -> tuple[int, int, int]:
    """Desired, fewest, most."""
    (service,) = boto3.client("ecs").describe_services(cluster=NAME, services=[NAME])["services"]
    (target,) = boto3.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")[
        "ScalableTargets"
    ]
    return service["desiredCount"], target["MinCapacity"], target["MaxCapacity"]


def test_a_standby_stays_small_while_nothing_happens(cloud: None) -> None:
    handler.handler({}, None)
    assert tasks() == (1, 1, 12)


def test_it_grows_at_once_when_the_other_region_is_left(cloud: None) -> None:
    lever("ALARM")
    assert handler.handler({}, None) == {"fewest": 3, "tasks": 3}
    assert tasks() == (3, 3, 12)


def test_it_grows_when_its_database_has_become_a_writer(cloud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The promotion comes before the lever: the clients' name moves to tasks that are there."""
    # moto's cross-Region replicas cannot be promoted: an instance of its own is what one ends as.
    boto3.client("rds").create_db_instance(DBInstanceIdentifier="promoted", **INSTANCE)
    monkeypatch.setenv("DATABASE", "promoted")
    handler.handler({}, None)
    assert tasks() == (3, 3, 12)


@pytest.mark.parametrize("status", ["modifying", "rebooting"])
def test_it_grows_while_the_promotion_goes_on(cloud: None, status: str) -> None:
    rds_backends["123456789012"]["eu-west-1"].databases[DATABASE].status = status
    handler.handler({}, None)
    assert tasks() == (3, 3, 12)


def test_the_lever_counts_although_rds_does_not_answer(cloud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE", "nowhere")
    lever("ALARM")
    assert handler.handler({}, None) == {"fewest": 3, "tasks": 3}


def test_a_second_look_changes_nothing(cloud: None) -> None:
    lever("ALARM")
    handler.handler({}, None)
    handler.handler({}, None)
    assert tasks() == (3, 3, 12)


def test_what_auto_scaling_added_stays(cloud: None) -> None:
    boto3.client("ecs").update_service(cluster=NAME, service=NAME, desiredCount=8)
    lever("ALARM")
    handler.handler({}, None)
    assert tasks() == (8, 3, 12)


def test_a_gap_in_the_levers_metric_is_not_the_lever(cloud: None) -> None:
    lever("INSUFFICIENT_DATA")
    handler.handler({}, None)
    assert tasks() == (1, 1, 12)


def test_the_primary_region_keeps_its_tasks(cloud: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLE", "primary")
    handler.handler({}, None)
    assert tasks() == (3, 3, 12)


def test_an_alarm_that_is_gone_scales_nothing(cloud: None) -> None:
    boto3.client("cloudwatch").delete_alarms(AlarmNames=[ALARM])
    with pytest.raises(LookupError, match=ALARM):
        handler.handler({}, None)
    assert tasks() == (1, 1, 12)
