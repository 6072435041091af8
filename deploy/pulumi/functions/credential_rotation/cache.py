"""The caches of both Regions. Each takes the old token and the new one until the rotation is through."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import boto3

from .clients import BOUNDED, until


@dataclass(frozen=True)
class Cache:
    """Replication groups as (Region, id): one secret opens them all, since it is replicated as a whole."""

    groups: Sequence[Sequence[str]]

    def set(self, password: str) -> None:
        """A Region that does not answer keeps the rotation from going on, with both tokens good elsewhere."""
        self._modify(password, "ROTATE")

    def wait_until_set(self) -> None:
        """ElastiCache sets it behind the call."""
        until(
            lambda: all(_available(region, group) for region, group in self.groups),
            "the caches' token is not set yet",
        )

    def settle(self, password: str) -> None:
        """From now on the new token alone."""
        self._modify(password, "SET")

    def _modify(self, token: str, strategy: str) -> None:
        for region, group in self.groups:
            _client(region).modify_replication_group(
                ReplicationGroupId=group,
                AuthToken=token,
                AuthTokenUpdateStrategy=strategy,
                ApplyImmediately=True,
            )


def _available(region: str, group: str) -> bool:
    found = _client(region).describe_replication_groups(ReplicationGroupId=group)["ReplicationGroups"][0]
    waiting = "AuthTokenStatus" in found.get("PendingModifiedValues", {})
    return bool(found["Status"] == "available" and not waiting)


def _client(region: str) -> Any:
    return boto3.client("elasticache", region_name=region, config=BOUNDED)
