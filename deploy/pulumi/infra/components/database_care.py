"""What databases of either kind have alike: their name, their logs, and what becomes of their data at the
end."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypedDict

import pulumi
import pulumi_aws as aws

from ..reader import Reader
from ..regions import RegionContext
from .keys import Key
from .log import kept_log

# What only the deletion reads. The name holds the moment at which the program first gave it, so that the
# second side that is replaced, or the second stack of a name, does not fail with DBSnapshotAlreadyExists;
# without this, each run of the program would give it another one.
GIVEN_ONCE = ["finalSnapshotIdentifier"]


class Keeping(TypedDict):
    """In the SDK's words."""

    deletion_protection: bool
    delete_automated_backups: bool
    skip_final_snapshot: bool
    final_snapshot_identifier: str


def keeping(identifier: str, production: bool, *, replica: bool = False) -> Keeping:
    """In production nothing is deleted by mistake, and a last snapshot outlives the database. Not a
    replica's: RDS refuses to delete one with a final snapshot (InvalidParameterCombination), and it holds
    nothing that its source has not. The run that says it is no replica any more asks for the snapshot too.

    Everybody has the name, since it is left alone from then on: GIVEN_ONCE."""
    return {
        "deletion_protection": production,
        "delete_automated_backups": not production,
        "skip_final_snapshot": replica or not production,
        "final_snapshot_identifier": final_snapshot(identifier, datetime.now(UTC)),
    }


def final_snapshot(identifier: str, at: datetime) -> str:
    """`postgres-dr-database-eu-west-1-dev-final-20260131-235959`, in UTC."""
    return f"{identifier}-final-{at:%Y%m%d-%H%M%S}"


def database_logs(
    parent: pulumi.Resource, region: RegionContext, of: str, kinds: Sequence[str], key: Key
) -> list[aws.cloudwatch.LogGroup]:
    """Where RDS writes what a database exports; `of` is `instance/NAME` or `cluster/NAME`. Made before the
    database, and gone after it: what RDS makes itself has AWS's key, never ends, and stays behind."""
    return [kept_log(parent, region, f"database-log-{kind}", f"/aws/rds/{of}/{kind}", key) for kind in kinds]


def database_name(reader: Reader) -> str:
    """Of the first database in it."""
    return reader.text("databaseName", r"[a-z][a-z0-9_]{0,62}", "a database's name", "app")
