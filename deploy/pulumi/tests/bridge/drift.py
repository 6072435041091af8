"""What a second plan, right after the apply, would still change."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Drift:
    """One property that the plan would set again. `address` is type and name; `path` such as `rule.0.id`.
    `replaces`: for that, the resource would be made anew."""

    address: str
    path: str
    was: Any
    wanted: Any
    replaces: bool

    @property
    def type(self) -> str:
        """The provider's name of the type: aws_db_instance."""
        return self.address.split(".")[0]

    def __str__(self) -> str:
        how = " (made anew for it)" if self.replaces else ""
        return f"{self.address} {self.path}: {_short(self.was)} -> {_short(self.wanted)}{how}"


# What stands for a value that only the apply would tell.
UNKNOWN = "(known after apply)"


def drifts(plan: dict[str, Any]) -> list[Drift]:
    """From `terraform show -json` of the plan."""
    return [d for r in plan.get("resource_changes", []) for d in _of(r)]


def _of(resource: dict[str, Any]) -> Iterator[Drift]:
    change = resource["change"]
    if change["actions"] in (["no-op"], ["read"]):
        return
    if change["before"] is None or change["after"] is None:
        yield Drift(resource["address"], "", change["before"], change["after"], False)
        return
    replacing = [".".join(map(str, p)) for p in change.get("replace_paths") or []]
    for path, was, wanted in _differences(
        change["before"], change["after"], change.get("after_unknown") or {}
    ):
        anew = any(path == p or path.startswith(f"{p}.") or p.startswith(f"{path}.") for p in replacing)
        # Who is made anew has nothing of what AWS once said: that follows, and is no drift of its own.
        if anew or not (replacing and wanted == UNKNOWN):
            yield Drift(resource["address"], path, was, wanted, anew)


def _differences(was: Any, wanted: Any, unknown: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    if unknown is True:
        yield path, was, UNKNOWN
    elif isinstance(was, dict) and isinstance(wanted, dict | None):
        wanted = wanted or {}
        keys = unknown if isinstance(unknown, dict) else {}
        for key in sorted({*was, *wanted, *keys}):
            yield from _differences(was.get(key), wanted.get(key), keys.get(key), _join(path, key))
    elif isinstance(was, list) and isinstance(wanted, list) and len(was) == len(wanted):
        items = unknown if isinstance(unknown, list) else []
        for i, (one, other) in enumerate(zip(was, wanted, strict=True)):
            yield from _differences(one, other, items[i] if i < len(items) else None, _join(path, str(i)))
    elif was != wanted:
        yield path, was, wanted


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 120 else f"{text[:117]}..."
