"""Promotion of an RDS read replica."""

import pytest
from botocore.exceptions import ClientError

from subjects import AWAY, HOME, code, eventually, status


def test_the_reply_to_a_promotion_still_names_the_source(pair):
    reply = pair.away.promote_read_replica(DBInstanceIdentifier=pair.replica)["DBInstance"]
    assert reply["DBInstanceStatus"] == "modifying"
    assert reply["ReadReplicaSourceDBInstanceIdentifier"] == pair.primary_arn


def test_a_promotion_passes_through_the_statuses_and_loses_its_source(pair):
    pair.away.promote_read_replica(DBInstanceIdentifier=pair.replica)
    seen = []

    def done():
        found = pair.describe()
        step = (found["DBInstanceStatus"], "ReadReplicaSourceDBInstanceIdentifier" in found)
        if step not in seen:
            seen.append(step)
        return step == ("available", False)

    eventually(done)
    assert seen == [("modifying", True), ("rebooting", True), ("backing-up", False), ("available", False)]
    assert "StatusInfos" not in pair.describe()
    assert pair.state()["role"] == "writer"
    assert pair.describe(away=False)["ReadReplicaDBInstanceIdentifiers"] == []


def test_one_promotion_counts_once_and_the_second_is_refused(pair):
    pair.away.promote_read_replica(DBInstanceIdentifier=pair.replica)
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            pair.away.promote_read_replica(DBInstanceIdentifier=pair.replica)
        assert (code(caught), status(caught)) == ("InvalidDBInstanceState", 400)
        eventually(lambda: pair.describe()["DBInstanceStatus"] == "available")
    assert pair.state()["promotions"] == 1


def test_a_missing_replica_is_a_404_with_an_envelope(lab):
    for identifier in ("nobody", "nobody-else"):
        with pytest.raises(ClientError) as caught:
            lab.client("rds", AWAY).promote_read_replica(DBInstanceIdentifier=identifier)
        assert (code(caught), status(caught)) == ("DBInstanceNotFound", 404)


def test_a_replica_that_is_backing_up_is_not_promoted(pair):
    pair.lab.order("POST", f"databases/{AWAY}/{pair.replica}", {"status": "backing-up"})
    with pytest.raises(ClientError) as caught:
        pair.away.promote_read_replica(DBInstanceIdentifier=pair.replica)
    assert code(caught) == "InvalidDBInstanceState"
    assert pair.state()["promotions"] == 0


def test_a_primary_is_not_promoted(pair):
    with pytest.raises(ClientError) as caught:
        pair.home.promote_read_replica(DBInstanceIdentifier=pair.primary)
    assert code(caught) == "InvalidDBInstanceState"


def test_a_replica_shows_its_replication_in_status_infos(pair):
    (info,) = pair.describe()["StatusInfos"]
    assert info == {"StatusType": "read replication", "Normal": True, "Status": "replicating"}
    fault = pair.lab.fault("database_down", identifier=pair.primary, region=HOME)
    assert eventually(lambda: pair.describe()["StatusInfos"][0]["Status"] == "error")
    assert pair.describe()["StatusInfos"][0]["Normal"] is False
    pair.lab.lift(fault)
    assert eventually(lambda: pair.describe()["StatusInfos"][0]["Normal"])


def test_instances_are_found_by_filter_and_by_page(pair):
    found = pair.away.describe_db_instances(
        Filters=[{"Name": "db-instance-id", "Values": [pair.replica, "x"]}]
    )
    assert [row["DBInstanceIdentifier"] for row in found["DBInstances"]] == [pair.replica]
    with pytest.raises(ClientError) as caught:
        pair.away.describe_db_instances(DBInstanceIdentifier="nobody")
    assert (code(caught), status(caught)) == ("DBInstanceNotFound", 404)


def test_pages_hold_every_instance_once(lab):
    client = lab.client("rds", "eu-north-1")
    names = [f"many-{number:02}" for number in range(25)]
    for name in names:
        client.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass="db.t3.small",
            Engine="postgres",
            EngineVersion="16.3",
            MasterUsername="a",
            MasterUserPassword="secret-enough",
        )
    first = client.describe_db_instances(MaxRecords=20)
    rest = client.describe_db_instances(MaxRecords=20, Marker=first["Marker"])
    assert "Marker" not in rest
    assert [r["DBInstanceIdentifier"] for r in first["DBInstances"] + rest["DBInstances"]] == names


def test_a_lagging_describe_answers_with_the_state_before(pair):
    pair.lab.settings(describe_lag_seconds=0.5, promotion_backup=False)
    pair.away.promote_read_replica(DBInstanceIdentifier=pair.replica)
    assert pair.describe()["DBInstanceStatus"] == "available"
    assert eventually(lambda: pair.describe()["DBInstanceStatus"] == "modifying")


def test_a_replica_can_be_deleted_and_its_source_forgets_it(pair):
    pair.away.delete_db_instance(DBInstanceIdentifier=pair.replica, SkipFinalSnapshot=True)
    assert pair.describe(away=False)["ReadReplicaDBInstanceIdentifiers"] == []
    with pytest.raises(ClientError) as caught:
        pair.describe()
    assert code(caught) == "DBInstanceNotFound"


def test_a_replica_whose_source_is_deleted_is_terminated_not_promoted(pair):
    pair.home.delete_db_instance(DBInstanceIdentifier=pair.primary, SkipFinalSnapshot=True)
    found = pair.describe()
    assert found["StatusInfos"][0]["Status"] == "terminated"
    assert found["ReadReplicaSourceDBInstanceIdentifier"] == pair.primary_arn


def test_an_instance_with_a_replica_is_not_stopped(pair):
    with pytest.raises(ClientError) as caught:
        pair.home.stop_db_instance(DBInstanceIdentifier=pair.primary)
    assert code(caught) == "InvalidDBInstanceState"


def test_an_unknown_operation_gets_an_envelope_not_html(lab):
    with pytest.raises(ClientError) as caught:
        lab.client("rds", AWAY).describe_reserved_db_instances()
    assert code(caught) == "InvalidAction"
