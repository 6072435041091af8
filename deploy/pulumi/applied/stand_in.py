"""What doctor can only say where metrics flow and databases answer: not of a stand-in that runs neither. Each
line says why; a failure that no line covers is an error, and so is a line that covers none."""

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

ALL = ("orders", "payments", "plant", "postgres-dr", "shop")


class NotTested(UserWarning):
    """Pytest lists it at the end of its report, whatever the tests say."""


@dataclass(frozen=True)
class Lacking:
    """Checks by the first word of their name; of which systems; and why."""

    check: str
    systems: tuple[str, ...]
    why: str
    # False where it depends on what else runs on the machine: then the line may be needed or not.
    always: bool = True

    def covers(self, check: dict[str, Any]) -> bool:
        """Whether the check is one of them."""
        return str(check["name"]).split()[0] == self.check


LACKING = [
    Lacking("lag", ALL, "nobody publishes metrics of databases"),
    Lacking("route53", ("orders", "plant", "postgres-dr"), "nor of health checks"),
    Lacking("probe", ALL, "no database answers, unless this machine has one of its own", always=False),
    Lacking("readiness", ALL, "for lack of the evidence above"),
    Lacking("record", ALL, "moto lists zones by name without saying whether there are more"),
]


def judged(failed: Iterable[dict[str, Any]], system: str, known: Sequence[Lacking] = LACKING) -> list[str]:
    """What is wrong at a stand-in. What is left out is told as a warning each."""
    checks = list(failed)
    lines = [line for line in known if system in line.systems]
    for check in checks:
        for line in lines:
            if line.covers(check):
                said = f"NOT TESTED at a stand-in, {line.why}: {check['name']}: {check['detail']}"
                warnings.warn(said, NotTested, stacklevel=2)
    wrong = [f"{c['name']}: {c['detail']}" for c in checks if not any(line.covers(c) for line in lines)]
    return wrong + [
        f"doctor's {line.check} is content at a stand-in by now: take it off the list in stand_in.py"
        for line in lines
        if line.always and not any(line.covers(check) for check in checks)
    ]
