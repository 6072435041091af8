"""The owner of an RDS database. RDS sets the password, so that the function needs no way to the database."""

from dataclasses import dataclass
from typing import Any

import boto3

from .clients import BOUNDED, until


class RolesChanged(Exception):
    """The replica no longer follows this writer, or does not say so: a failover may be under way."""


@dataclass(frozen=True)
class Database:
    """The writer, and the replica that takes the password over from it."""

    region: str
    identifier: str
    replica_region: str
    replica_identifier: str

    def set(self, password: str) -> None:
        """Never in the midst of a failover: the secret would hold a password that the new writer, which has
        stopped following, does not know."""
        replica = _instance(self.replica_region, self.replica_identifier)
        # Across Regions RDS names the source by its ARN.
        source = str(replica.get("ReadReplicaSourceDBInstanceIdentifier", "")).rsplit(":", 1)[-1]
        if source != self.identifier:
            raise RolesChanged(f"{self.replica_identifier} does not follow {self.identifier}")
        _rds(self.region).modify_db_instance(
            DBInstanceIdentifier=self.identifier, MasterUserPassword=password, ApplyImmediately=True
        )

    def wait_until_set(self) -> None:
        """RDS sets it behind the call."""

        def is_set() -> bool:
            found = _instance(self.region, self.identifier)
            waiting = "MasterUserPassword" in found.get("PendingModifiedValues", {})
            return found["DBInstanceStatus"] == "available" and not waiting

        until(is_set, f"the password of {self.identifier} is not set yet")

    def settle(self, password: str) -> None:
        """Nothing is left: a database has one password at a time."""


def _rds(region: str) -> Any:
    return boto3.client("rds", region_name=region, config=BOUNDED)


def _instance(region: str, identifier: str) -> dict[str, Any]:
    found: dict[str, Any] = _rds(region).describe_db_instances(DBInstanceIdentifier=identifier)[
        "DBInstances"
    ][0]
    return found
