"""What databases of either kind have alike: their name, and what becomes of their data at the end."""

from typing import TypedDict

from ..reader import Reader


class Keeping(TypedDict):
    """In the SDK's words."""

    deletion_protection: bool
    delete_automated_backups: bool
    skip_final_snapshot: bool
    final_snapshot_identifier: str | None


def keeping(identifier: str, production: bool) -> Keeping:
    """In production nothing is deleted by mistake, and a last snapshot outlives the database."""
    return {
        "deletion_protection": production,
        "delete_automated_backups": not production,
        "skip_final_snapshot": not production,
        "final_snapshot_identifier": f"{identifier}-final" if production else None,
    }


def database_name(reader: Reader) -> str:
    """Of the first database in it."""
    return reader.text("databaseName", r"[a-z][a-z0-9_]{0,62}", "a database's name", "app")
