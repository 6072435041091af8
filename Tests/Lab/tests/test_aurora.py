"""Detach, failover and switchover of a global database."""

import pytest
from botocore.exceptions import ClientError

from subjects import AWAY, HOME, code, eventually, status


def failover(aurora, **more):
    return aurora.away.failover_global_cluster(
        GlobalClusterIdentifier=aurora.name, TargetDbClusterIdentifier=aurora.reader, **more
    )["GlobalCluster"]


def test_the_identifier_is_honoured_and_every_member_region_sees_it(aurora):
    for client in (aurora.home, aurora.away):
        assert aurora.describe(client)["GlobalClusterIdentifier"] == aurora.name
        with pytest.raises(ClientError) as caught:
            client.describe_global_clusters(GlobalClusterIdentifier="nobody")
        assert (code(caught), status(caught)) == ("GlobalClusterNotFoundFault", 404)
    found = aurora.lab.client("rds", "sa-east-1").describe_global_clusters()["GlobalClusters"]
    assert aurora.name not in [row["GlobalClusterIdentifier"] for row in found]


def test_members_show_roles_readers_and_synchronization(aurora):
    writer, reader = aurora.describe()["GlobalClusterMembers"]
    assert (writer["DBClusterArn"], writer["IsWriter"], writer["Readers"]) == (
        aurora.writer,
        True,
        [aurora.reader],
    )
    assert (reader["IsWriter"], reader["SynchronizationStatus"]) == (False, "connected")


def test_a_detached_member_vanishes_and_becomes_a_writer(aurora):
    aurora.lab.fault("region_down", region=HOME)
    aurora.away.remove_from_global_cluster(
        GlobalClusterIdentifier=aurora.name, DbClusterIdentifier=aurora.reader
    )
    name = aurora.reader.split(":")[-1]
    found = aurora.away.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]
    assert found["Status"] == "promoting"
    assert aurora.reader in [m["DBClusterArn"] for m in aurora.describe()["GlobalClusterMembers"]]
    eventually(lambda: aurora.state(aurora.reader)["role"] == "writer")
    found = aurora.away.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]
    assert found["Status"] == "available"
    assert "GlobalClusterIdentifier" not in found
    assert [m["DBClusterArn"] for m in aurora.describe()["GlobalClusterMembers"]] == [aurora.writer]
    assert aurora.state(aurora.reader)["promotions"] == 1


def test_a_member_is_detached_in_its_own_region_only(aurora):
    with pytest.raises(ClientError) as caught:
        aurora.home.remove_from_global_cluster(
            GlobalClusterIdentifier=aurora.name, DbClusterIdentifier=aurora.reader
        )
    assert (code(caught), status(caught)) == ("DBClusterNotFoundFault", 404)
    assert len(aurora.describe()["GlobalClusterMembers"]) == 2


def test_a_second_detach_is_refused(aurora):
    def detach():
        aurora.away.remove_from_global_cluster(
            GlobalClusterIdentifier=aurora.name, DbClusterIdentifier=aurora.reader
        )

    detach()
    with pytest.raises(ClientError) as caught:
        detach()
    assert code(caught) == "InvalidDBClusterStateFault"
    eventually(lambda: len(aurora.describe()["GlobalClusterMembers"]) == 1)
    with pytest.raises(ClientError) as caught:
        detach()
    assert code(caught) == "DBClusterNotFoundFault"
    assert aurora.state(aurora.reader)["promotions"] == 1


def test_an_accepted_failover_is_not_a_finished_one(aurora):
    aurora.lab.fault("region_down", region=HOME)
    reply = failover(aurora, AllowDataLoss=True)
    assert reply["Status"] == "failing-over"
    assert reply["FailoverState"]["Status"] == "pending"
    assert reply["FailoverState"]["IsDataLossAllowed"] is True
    assert [m["DBClusterArn"] for m in reply["GlobalClusterMembers"] if m["IsWriter"]] == [aurora.writer]
    eventually(lambda: aurora.describe()["FailoverState"].get("Status") == "failing-over")
    assert aurora.writers() == [aurora.writer]
    eventually(lambda: aurora.writers() == [aurora.reader])
    found = aurora.describe()
    assert (found["Status"], found.get("FailoverState") or {}) == ("available", {})
    old = next(m for m in found["GlobalClusterMembers"] if m["DBClusterArn"] == aurora.writer)
    assert old["SynchronizationStatus"] == "pending-resync"
    aurora.lab.lift()
    eventually(lambda: aurora.describe()["GlobalClusterMembers"][0]["SynchronizationStatus"] == "connected")


def test_a_failover_belongs_to_the_region_of_its_target(aurora):
    with pytest.raises(ClientError) as caught:
        aurora.home.failover_global_cluster(
            GlobalClusterIdentifier=aurora.name, TargetDbClusterIdentifier=aurora.reader, AllowDataLoss=True
        )
    assert code(caught) == "DBClusterNotFoundFault"


def test_a_switchover_belongs_to_the_region_of_the_primary(aurora):
    with pytest.raises(ClientError) as caught:
        aurora.away.switchover_global_cluster(
            GlobalClusterIdentifier=aurora.name, TargetDbClusterIdentifier=aurora.reader
        )
    assert code(caught) == "InvalidGlobalClusterStateFault"
    reply = aurora.home.switchover_global_cluster(
        GlobalClusterIdentifier=aurora.name, TargetDbClusterIdentifier=aurora.reader
    )["GlobalCluster"]
    assert reply["FailoverState"]["IsDataLossAllowed"] is False
    eventually(lambda: aurora.writers() == [aurora.reader])


def test_a_failover_without_flags_is_a_switchover(aurora):
    with pytest.raises(ClientError) as caught:
        failover(aurora)
    assert code(caught) == "InvalidGlobalClusterStateFault"
    with pytest.raises(ClientError) as caught:
        failover(aurora, AllowDataLoss=True, Switchover=True)
    assert code(caught) == "InvalidParameterCombination"


def test_a_second_failover_is_refused_while_one_runs(aurora):
    failover(aurora, AllowDataLoss=True)
    with pytest.raises(ClientError) as caught:
        failover(aurora, AllowDataLoss=True)
    assert code(caught) == "InvalidGlobalClusterStateFault"
    eventually(lambda: aurora.writers() == [aurora.reader])
    assert aurora.state(aurora.reader)["promotions"] == 1


def test_a_switchover_that_loses_its_primary_changes_nothing(aurora):
    aurora.home.switchover_global_cluster(
        GlobalClusterIdentifier=aurora.name, TargetDbClusterIdentifier=aurora.reader
    )
    aurora.lab.fault("region_down", region=HOME)
    eventually(lambda: aurora.describe()["Status"] == "available")
    assert aurora.writers() == [aurora.writer]


def test_the_views_can_alternate_between_old_and_new(aurora):
    failover(aurora, AllowDataLoss=True)
    aurora.lab.fault("stale_reads", operation="DescribeGlobalClusters", alternate=True)
    eventually(lambda: aurora.state(aurora.reader)["role"] == "writer")
    seen = [aurora.writers() for _ in range(4)]
    assert seen == [[aurora.writer], [aurora.reader], [aurora.writer], [aurora.reader]]


def test_a_member_of_a_global_cluster_is_not_stopped(aurora):
    with pytest.raises(ClientError) as caught:
        aurora.home.stop_db_cluster(DBClusterIdentifier=aurora.writer.split(":")[-1])
    assert code(caught) == "InvalidDBClusterStateFault"


def test_a_missing_cluster_is_a_404_with_an_envelope(lab):
    client = lab.client("rds", AWAY)
    for call in (
        lambda: client.describe_db_clusters(DBClusterIdentifier="nobody"),
        lambda: client.modify_db_cluster(DBClusterIdentifier="nobody"),
    ):
        with pytest.raises(ClientError) as caught:
            call()
        assert (code(caught), status(caught)) == ("DBClusterNotFoundFault", 404)
