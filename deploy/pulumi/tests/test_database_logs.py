"""What databases export ends up in logs of ours: with an end, and with the Region's key."""

import pytest

from harness.systems import ROLES, recording


@pytest.mark.parametrize(("system", "side"), ROLES)
def test_every_exported_log_is_there_before_the_database_and_is_ours(system: str, side: str) -> None:
    made = recording(system, side)
    groups = {(g.region, g.inputs["name"]): g for g in made.of("cloudwatch/logGroup:LogGroup")}
    databases = made.of("rds/instance:Instance", "rds/cluster:Cluster")
    assert len(databases) == 2
    for database in databases:
        cluster = database.inputs.get("clusterIdentifier")
        of = f"cluster/{cluster}" if cluster else f"instance/{database.inputs['identifier']}"
        assert database.inputs["enabledCloudwatchLogsExports"]
        for kind in database.inputs["enabledCloudwatchLogsExports"]:
            group = groups[database.region, f"/aws/rds/{of}/{kind}"]
            assert group.inputs["retentionInDays"] == 30
            assert group.inputs["kmsKeyId"] == database.inputs["kmsKeyId"]
            # Otherwise RDS makes one without an end first; and destroyed before it, RDS would make it again.
            assert group.urn in database.dependencies
