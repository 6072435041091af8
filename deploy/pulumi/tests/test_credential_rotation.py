"""The rotation of existing secrets: Secrets Manager and RDS as moto has them, ElastiCache as botocore's model
does (moto cannot change a replication group)."""

import json
import os
import uuid
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws
from moto.secretsmanager.models import FakeSecret, secretsmanager_backends

from functions.credential_rotation import cache, clients, database, handler
from functions.credential_rotation.database import RolesChanged

HOME, AWAY = "eu-central-1", "eu-west-1"
STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")


class Rotated:
    """A secret with a rotation under way, as Secrets Manager leaves it when it calls the function."""

    def __init__(self) -> None:
        self.manager = boto3.client("secretsmanager", region_name=HOME)
        held = json.dumps({"username": "owner", "password": "the-first-one"})
        self.arn = self.manager.create_secret(Name="orders/owner", SecretString=held)["ARN"]
        self.version = str(uuid.uuid4())
        # Without a function at hand moto ends a rotation at once: this is how one begins.
        known = secretsmanager_backends["123456789012"][HOME].secrets[self.arn]
        assert isinstance(known, FakeSecret)
        known.rotation_requested = known.rotation_enabled = True
        pending = {"createdate": 0, "version_id": self.version, "version_stages": ["AWSPENDING"]}
        known.versions[self.version] = pending

    def step(self, step: str) -> None:
        handler.handler({"SecretId": self.arn, "ClientRequestToken": self.version, "Step": step}, None)

    def held(self, stage: str) -> dict[str, str]:
        found = self.manager.get_secret_value(SecretId=self.arn, VersionStage=stage)
        value: dict[str, str] = json.loads(found["SecretString"])
        return value


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", HOME)
    monkeypatch.setattr(clients, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(clients, "WAIT_SECONDS", 0.2)
    with mock_aws():
        yield


@pytest.fixture
def secret(cloud: None, monkeypatch: pytest.MonkeyPatch) -> Rotated:
    rds = boto3.client("rds", region_name=HOME)
    made = rds.create_db_instance(
        DBInstanceIdentifier="writer",
        DBInstanceClass="db.m7g.large",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="owner",
        MasterUserPassword="the-first-one",
    )["DBInstance"]
    boto3.client("rds", region_name=AWAY).create_db_instance_read_replica(
        DBInstanceIdentifier="replica", SourceDBInstanceIdentifier=made["DBInstanceArn"]
    )
    rotated = Rotated()
    pair = {
        "region": HOME,
        "identifier": "writer",
        "replica_region": AWAY,
        "replica_identifier": "replica",
    }
    monkeypatch.setenv("CREDENTIALS", json.dumps({rotated.arn: {"database": pair}}))
    return rotated


@pytest.fixture
def passwords(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What RDS was given: moto tells nobody."""
    given: list[str] = []
    plain = database.Database.set

    def noted(self: Any, password: str) -> None:
        plain(self, password)
        given.append(password)

    monkeypatch.setattr(database.Database, "set", noted)
    return given


def test_the_four_steps_give_a_new_password(secret: Rotated, passwords: list[str]) -> None:
    for step in STEPS:
        secret.step(step)
    now, before = secret.held("AWSCURRENT"), secret.held("AWSPREVIOUS")
    assert before["password"] == "the-first-one"
    assert now["username"] == "owner" and len(now["password"]) == handler.LENGTH
    assert set(now["password"]) <= set(handler.LETTERS)
    assert passwords == [now["password"]]


def test_a_step_that_comes_again_does_no_harm(secret: Rotated, passwords: list[str]) -> None:
    for step in STEPS:
        secret.step(step)
        secret.step(step)
    assert set(passwords) == {secret.held("AWSCURRENT")["password"]}


def test_a_version_is_made_once(secret: Rotated) -> None:
    secret.step("createSecret")
    made = secret.held("AWSPENDING")["password"]
    secret.step("createSecret")
    assert secret.held("AWSPENDING")["password"] == made, "it may be set already"


def test_once_it_is_through_nothing_is_set_again(secret: Rotated, passwords: list[str]) -> None:
    for step in (*STEPS, *STEPS):
        secret.step(step)
    assert len(passwords) == 1


def test_until_the_last_step_the_old_password_counts(secret: Rotated) -> None:
    for step in STEPS[:3]:
        secret.step(step)
    assert secret.held("AWSCURRENT")["password"] == "the-first-one"


def test_nothing_is_changed_once_the_replica_is_a_writer(
    secret: Rotated, passwords: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # moto keeps naming the source after a promotion, which AWS does not: one that never had a source.
    boto3.client("rds", region_name=AWAY).create_db_instance(
        DBInstanceIdentifier="promoted", DBInstanceClass="db.m7g.large", Engine="postgres"
    )
    text = os.environ["CREDENTIALS"].replace('"replica"', '"promoted"')
    monkeypatch.setenv("CREDENTIALS", text)
    secret.step("createSecret")
    with pytest.raises(RolesChanged, match="promoted does not follow writer"):
        secret.step("setSecret")
    assert passwords == [] and secret.held("AWSCURRENT")["password"] == "the-first-one"


def test_a_password_that_rds_has_not_set_yet_is_waited_for_and_not_for_ever(
    secret: Rotated, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = {"DBInstanceStatus": "available", "PendingModifiedValues": {"MasterUserPassword": "****"}}
    looks = [waiting, {**waiting, "DBInstanceStatus": "resetting-master-credentials"}]
    looks.append({"DBInstanceStatus": "available"})
    secret.step("createSecret")
    monkeypatch.setattr(database, "_instance", lambda region, identifier: looks.pop(0))
    secret.step("testSecret")
    assert looks == []
    monkeypatch.setattr(database, "_instance", lambda region, identifier: waiting)
    with pytest.raises(clients.NotYet, match="writer"):
        secret.step("testSecret")


def test_a_secret_that_is_not_being_rotated_is_refused(secret: Rotated) -> None:
    asked = {"SecretId": secret.arn, "ClientRequestToken": str(uuid.uuid4()), "Step": "createSecret"}
    with pytest.raises(handler.NotAsked):
        handler.handler(asked, None)
    with pytest.raises(handler.NotAsked, match="does not rotate that secret"):
        handler.handler({**asked, "SecretId": "another"}, None)


def test_a_caches_token_is_added_then_the_old_one_dropped_in_both_regions(
    cloud: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {r: boto3.client("elasticache", region_name=r) for r in (HOME, AWAY)}
    stubs = {region: Stubber(client) for region, client in made.items()}
    # Asked again from the first as long as any is not there yet.
    states = {HOME: ["modifying", "available", "available"], AWAY: ["modifying", "available"]}
    for region, stub in stubs.items():
        token: dict[str, Any] = {"ReplicationGroupId": "cache", "AuthToken": "a-new-token-of-length"}
        for strategy in ("ROTATE", "SET"):
            expected = {**token, "AuthTokenUpdateStrategy": strategy, "ApplyImmediately": True}
            stub.add_response("modify_replication_group", {}, expected)
            for state in states.pop(region, []):
                found = {"ReplicationGroups": [{"Status": state}]}
                stub.add_response("describe_replication_groups", found)
        stub.activate()
    monkeypatch.setattr(cache, "_client", made.__getitem__)
    opened = cache.Cache([(HOME, "cache"), (AWAY, "cache")])
    opened.set("a-new-token-of-length")
    opened.wait_until_set()
    opened.settle("a-new-token-of-length")
    for stub in stubs.values():
        stub.assert_no_pending_responses()
