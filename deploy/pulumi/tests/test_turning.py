"""What a change of roles takes away: by the mocks for every system, and the judgement on the real plan."""

from typing import Any

import pytest
from bridge.leaving import LEAVING, Gone, Leaving, covers, judged
from bridge.turning import gone, orders, unfaithful

from harness.recording import Registered
from harness.systems import SYSTEMS, recording

# The provider's names of types that leaving.py speaks of.
TYPES = {
    "aws:rds/instance:Instance": "aws_db_instance",
    "aws:rds/cluster:Cluster": "aws_rds_cluster",
    "aws:s3/bucketV2:BucketV2": "aws_s3_bucket",
    "aws:ebs/volume:Volume": "aws_ebs_volume",
    "aws:lb/loadBalancer:LoadBalancer": "aws_lb",
    "aws:dynamodb/table:Table": "aws_dynamodb_table",
    "aws:kms/key:Key": "aws_kms_key",
    "aws:backup/vault:Vault": "aws_backup_vault",
    "aws:ec2/vpc:Vpc": "aws_vpc",
    "aws:sns/topic:Topic": "aws_sns_topic",
    "aws:route53/zone:Zone": "aws_route53_zone",
    "aws:kinesis/stream:Stream": "aws_kinesis_stream",
    "aws:ecs/service:Service": "aws_ecs_service",
    "aws:elasticache/replicationGroup:ReplicationGroup": "aws_elasticache_replication_group",
}
# What the program registers no more. What comes back under its name, only the provider's plan tells.
NO_MORE = [line for line in LEAVING if not line.anew]
HOST = Leaving("ops-host", ("shop",), "the host")


def provided(resource: Registered) -> Gone:
    return Gone(TYPES.get(resource.type, resource.type), resource.name)


@pytest.mark.parametrize("side", ["home", "away"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_change_of_roles_takes_away_what_is_on_the_list_and_nothing_else(system: str, side: str) -> None:
    other = "away" if side == "home" else "home"
    stays = {r.urn for r in recording(system, other).aws}
    goes = [provided(r) for r in recording(system, side).aws if r.urn not in stays]
    assert judged(goes, system, NO_MORE) == []


def test_what_is_not_on_the_list_may_not_go() -> None:
    host = Gone("aws_instance", "shop-ops-host-us-west-2-dev")
    assert judged([host], "shop", [HOST]) == []
    media = Gone("aws_s3_bucket", "shop-media-us-west-2-dev")
    (said,) = judged([host, media], "shop", [HOST])
    assert "shop-media-us-west-2-dev would go" in said


def test_a_line_that_takes_nothing_any_more_is_an_error() -> None:
    (said,) = judged([], "shop", [HOST])
    assert "take it off the list" in said
    assert judged([], "plant", [HOST]) == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        # The plan of snapshots goes, by the same name.
        ("aws_backup_vault", "postgres-dr-snapshots-ap-southeast-2-dev"),
        # The old primary goes, by the same name.
        ("aws_db_parameter_group", "postgres-dr-database-ap-southeast-2-dev"),
        ("aws_s3_bucket", "postgres-dr-snapshots-ap-southeast-2-dev"),
        ("aws_rds_cluster", "payments-database-us-east-1-dev"),
    ],
)
def test_what_is_called_like_something_that_may_go_stays(kind: str, name: str) -> None:
    system = "payments" if name.startswith("payments") else "postgres-dr"
    assert not any(covers(line, Gone(kind, name), system) for line in LEAVING)


def test_every_line_names_systems_that_are_there_and_a_reason() -> None:
    for line in LEAVING:
        assert line.systems and set(line.systems) <= set(SYSTEMS), line
        assert line.why, line


def test_the_commands_say_which_roles_and_what_is_made_anew() -> None:
    calls = [
        "pulumi\tstack --show-urns",
        "aws\trds modify-db-instance --db-instance-identifier a",
        "pulumi\tconfig set drctl:activeRegion eu-west-1",
        "pulumi\tup --replace urn:pulumi:dev::drctl::aws:rds/instance:Instance::a --yes",
    ]
    asked = orders(calls)
    assert asked.config == {"activeRegion": "eu-west-1"}
    assert asked.replaced == ["urn:pulumi:dev::drctl::aws:rds/instance:Instance::a"]
    with pytest.raises(SystemExit, match="never run"):
        orders(calls[:3])


def change(kind: str, actions: list[str], before: Any, after: Any) -> dict[str, Any]:
    body = {"actions": actions, "before": before, "after": after}
    return {"type": kind, "name": "shop-database-us-east-1-dev", "change": body}


OLD = {"identifier": "old", "arn": "arn:aws:rds:us-east-1:123456789012:db:old"}
REPLICA = {"identifier": "old", "replicate_source_db": "arn:aws:rds:us-west-2:123456789012:db:new"}


def test_the_plan_says_what_goes() -> None:
    changes = [
        change("aws_db_instance", ["delete", "create"], OLD, REPLICA),
        change("aws_instance", ["delete"], {}, None),
        change("aws_sns_topic", ["update"], {}, {}),
        change("aws_sqs_queue", ["create"], None, {}),
    ]
    assert [g.type for g in gone({"resource_changes": changes})] == ["aws_db_instance", "aws_instance"]


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (REPLICA, []),
        ({**REPLICA, "identifier": "other"}, ["old would not get its name back"]),
        ({"identifier": "old"}, ["old would be made anew, but not as a replica: ''"]),
        (None, ["old would not get its name back", "old would be made anew, but not as a replica: ''"]),
    ],
)
def test_an_old_primary_comes_back_as_a_replica_under_its_name(after: Any, said: list[str]) -> None:
    plan = {"resource_changes": [change("aws_db_instance", ["delete", "create"], OLD, after)]}
    assert unfaithful(plan) == said
