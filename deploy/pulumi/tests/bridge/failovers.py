"""What moto lacks of a failover, so that one can be tried on what was applied. Each patch says what fails
without it."""

from typing import Any

from moto.core.responses import ActionResult
from moto.rds.models import RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

_promote = RDSBackend.promote_read_replica


def promote_read_replica(self: RDSBackend, db_kwargs: dict[str, Any]) -> Any:
    """A promoted replica goes on to name its source, and its source goes on to list it: whoever waits for it
    to be a writer waits for ever."""
    promoted: Any = _promote(self, db_kwargs)
    promoted.source_db_instance_identifier = None
    names = (promoted.db_instance_arn, promoted.db_instance_identifier)
    for backend in rds_backends[self.account_id].values():
        for database in backend.databases.values():
            database.replicas = [r for r in database.replicas if r not in names]
    return promoted


def failover_global_cluster(self: Any) -> ActionResult:
    """moto has no such action."""
    name = self.params["GlobalClusterIdentifier"]
    (found,) = [
        c for c in self.global_backend.describe_global_clusters() if c.global_cluster_identifier == name
    ]
    for member in found.members:
        member.is_writer = member.db_cluster_arn == self.params["TargetDbClusterIdentifier"]
    return ActionResult({"GlobalCluster": found})


def enable() -> None:
    """Puts them in place."""
    RDSBackend.promote_read_replica = promote_read_replica  # type: ignore[method-assign]
    RDSResponse.failover_global_cluster = failover_global_cluster  # type: ignore[attr-defined]
