"""Health checks: what the checkers see, when the state flips, and what Route 53 then believes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..cloudwatch import alarms
from ..liveness import reachable
from .zones import absolute

if TYPE_CHECKING:
    from ..databases import Database
    from ..world import World

Item = dict[str, Any]
CHECKER_REGIONS = [
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "eu-west-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1",
]
# Route 53 calls an endpoint healthy while more than this share of the checkers do.
HEALTHY_SHARE = 0.18


@dataclass
class Checker:
    """What one checker Region saw last. `healthy` flips after FailureThreshold equal results in a row."""

    region: str
    healthy: bool = True
    streak: int = 0
    status: str = "Success: no data yet, counted as healthy"
    checked: float = 0.0


@dataclass
class HealthCheck:
    id: str
    caller_reference: str
    config: Item
    published: Item
    version: int = 1
    alarm: Item | None = None  # the alarm's definition at the time of the association
    last_known: bool = True
    watch: tuple[str, str] | None = None
    failing_checkers: int | None = None
    force: bool | None = None
    raw: bool = True
    checkers: list[Checker] = field(default_factory=list)
    last_failure: str = ""

    @property
    def type(self) -> str:
        return str(self.config["Type"])

    @property
    def healthy(self) -> bool:
        """As DNS sees it: Disabled freezes the check as healthy, Inverted turns the result around."""
        value = True if self.published.get("Disabled") else self.raw
        return not value if self.published.get("Inverted") else value

    @property
    def share(self) -> float:
        if not self.checkers:
            return 1.0 if self.raw else 0.0
        return sum(checker.healthy for checker in self.checkers) / len(self.checkers)


def new_checkers(config: Item) -> list[Checker]:
    if config["Type"] in ("CALCULATED", "RECOVERY_CONTROL"):
        return []
    return [Checker(region) for region in config.get("Regions") or CHECKER_REGIONS]


def evaluate_all(world: World) -> None:
    ordered = sorted(world.checks.values(), key=lambda check: check.type == "CALCULATED")
    for check in ordered:
        evaluate(world, check)


def evaluate(world: World, check: HealthCheck) -> None:
    if check.force is not None:
        seen, text = check.force, "forced by the lab"
    elif check.type == "CALCULATED":
        children = [
            world.checks[c] for c in check.published.get("ChildHealthChecks", []) if c in world.checks
        ]
        check.raw = sum(child.healthy for child in children) >= int(check.published.get("HealthThreshold", 0))
        return
    elif check.type == "CLOUDWATCH_METRIC":
        seen, text = metric_result(world, check)
    else:
        seen, text = endpoint_result(world, check)
    threshold = 1 if check.type == "CLOUDWATCH_METRIC" else int(check.published.get("FailureThreshold", 3))
    for number, checker in enumerate(check.checkers):
        good = seen if check.failing_checkers is None else number >= check.failing_checkers
        said = text if good == seen else ("Success: by order" if good else "Failure: Connection timed out.")
        note(world, check, checker, good, said, threshold)
    check.raw = check.share > HEALTHY_SHARE


def note(world: World, check: HealthCheck, checker: Checker, good: bool, text: str, threshold: int) -> None:
    checker.status, checker.checked = text, world.wall()
    if not good:
        check.last_failure = text
    checker.streak = checker.streak + 1 if good != checker.healthy else 0
    if checker.streak >= threshold:
        checker.healthy, checker.streak = good, 0


def metric_result(world: World, check: HealthCheck) -> tuple[bool, str]:
    """Follows the alarm's data stream, not the alarm's state; a dead Region has no data."""
    region = check.published["AlarmIdentifier"]["Region"]
    state = "INSUFFICIENT_DATA"
    if check.alarm is not None and not world.faults.region_down(region):
        state, _ = alarms.evaluate(world, region, {**check.alarm, "TreatMissingData": "missing"}, "")
    if state == "INSUFFICIENT_DATA":
        policy = check.published.get("InsufficientDataHealthStatus", "LastKnownStatus")
        healthy = check.last_known if policy == "LastKnownStatus" else policy == "Healthy"
        return healthy, f"{word(healthy)}: insufficient data, counted as {policy}"
    check.last_known = state == "OK"
    return check.last_known, f"{word(check.last_known)}: the alarm's data stream says {state}"


def endpoint_result(world: World, check: HealthCheck) -> tuple[bool, str]:
    database = watched(world, check)
    if database is None:
        return check.raw, f"{word(check.raw)}: the lab knows no such endpoint, so the state stays"
    good = reachable(world, database)
    return good, (
        "Success: TCP connection established"
        if good
        else "Failure: Connection timed out. The endpoint could not be reached within the timeout."
    )


def watched(world: World, check: HealthCheck) -> Database | None:
    """The database that was assigned, or the one behind the check's address and port."""
    if check.watch is not None:
        return world.instances.get(check.watch) or world.clusters.get(check.watch)
    config = check.published
    addresses = {config.get("IPAddress")}
    if config.get("FullyQualifiedDomainName"):
        rows = world.resolver.answer(absolute(config["FullyQualifiedDomainName"]), "A")
        addresses |= {row.value for row in rows if row.type == "A"}
    for database in world.databases():
        endpoint = database.endpoint
        if endpoint.address in addresses and int(config.get("Port", endpoint.port)) in (endpoint.port, 5432):
            return database
    return None


def word(healthy: bool) -> str:
    return "Success" if healthy else "Failure"
