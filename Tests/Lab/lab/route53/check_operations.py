"""The health check operations of Route 53's API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..call import Call
from ..cloudwatch.metrics import moment
from ..errors import AWSError
from .checks import HealthCheck, new_checkers

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]
TYPES = {
    "HTTP",
    "HTTPS",
    "HTTP_STR_MATCH",
    "HTTPS_STR_MATCH",
    "TCP",
    "CALCULATED",
    "CLOUDWATCH_METRIC",
    "RECOVERY_CONTROL",
}
RESETTABLE = {"FullyQualifiedDomainName", "Regions", "ResourcePath"}


def create(world: World, call: Call, params: Item) -> Item:
    config = dict(params["HealthCheckConfig"])
    for check in world.checks.values():
        if check.caller_reference == params["CallerReference"]:
            if check.config != config:
                raise AWSError(
                    "HealthCheckAlreadyExists", "The caller reference is taken by another check", 409
                )
            return created(check)
    if config.get("Type") not in TYPES:
        raise AWSError("InvalidInput", f"Invalid health check type: {config.get('Type')}")
    if config["Type"] == "CLOUDWATCH_METRIC" and not config.get("AlarmIdentifier"):
        raise AWSError("InvalidInput", "A CLOUDWATCH_METRIC health check needs an AlarmIdentifier")
    digest = world.stable_id("check", str(len(world.checks)), params["CallerReference"], length=32)
    identifier = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]))
    check = HealthCheck(
        identifier, params["CallerReference"], config, dict(config), checkers=new_checkers(config)
    )
    associate(world, check)
    world.checks[identifier] = check
    call.effect = True
    return created(check)


def created(check: HealthCheck) -> Item:
    return {
        "HealthCheck": view(check),
        "Location": f"https://route53.amazonaws.com/2013-04-01/healthcheck/{check.id}",
    }


def associate(world: World, check: HealthCheck) -> None:
    """A check keeps the alarm's definition of this moment; changing the alarm later does not reach it."""
    identifier = check.config.get("AlarmIdentifier")
    if not identifier:
        return
    alarm = world.alarms.get((identifier["Region"], identifier["Name"]))
    if alarm is None:
        raise AWSError(
            "InvalidInput", f"The alarm {identifier['Name']} does not exist in {identifier['Region']}"
        )
    check.alarm = dict(alarm.spec)


def get(world: World, call: Call, params: Item) -> Item:
    return {"HealthCheck": view(find(world, params["HealthCheckId"]))}


def list_all(world: World, call: Call, params: Item) -> Item:
    checks = sorted(world.checks.values(), key=lambda check: check.id)
    size = int(params.get("MaxItems", 100))
    if params.get("Marker"):
        checks = [check for check in checks if check.id >= params["Marker"]]
    answer: Item = {
        "HealthChecks": [view(check) for check in checks[:size]],
        "IsTruncated": len(checks) > size,
        "MaxItems": str(size),
        "Marker": params.get("Marker", ""),
    }
    if len(checks) > size:
        answer["NextMarker"] = checks[size].id
    return answer


def update(world: World, call: Call, params: Item) -> Item:
    check = find(world, params["HealthCheckId"])
    version = params.get("HealthCheckVersion")
    if version is not None and int(version) != check.version:
        raise AWSError("HealthCheckVersionMismatch", f"The version is {check.version}, not {version}", 409)
    config = dict(check.config)
    for name in params.get("ResetElements", []):
        if name == "ChildHealthChecks":
            config["ChildHealthChecks"] = []
        elif name in RESETTABLE:
            config.pop(name, None)
    ignored = ("HealthCheckId", "HealthCheckVersion", "ResetElements")
    config.update({name: value for name, value in params.items() if name not in ignored})
    before, check.config = check.config, config
    try:
        associate(world, check)
    except AWSError:
        check.config = before
        raise
    check.version += 1
    snapshot = dict(config)

    def publish() -> None:
        check.published = snapshot

    world.timeline.after(world.settings.propagation_seconds, publish)
    world.record_effect("health_check", call, "us-east-1", check.id, version=check.version)
    return {"HealthCheck": view(check)}


def delete(world: World, call: Call, params: Item) -> Item:
    check = find(world, params["HealthCheckId"])
    del world.checks[check.id]
    call.effect = True
    return {}


def status(world: World, call: Call, params: Item) -> Item:
    check = find(world, params["HealthCheckId"])
    if check.type in ("CALCULATED", "RECOVERY_CONTROL"):
        raise AWSError("InvalidInput", f"There is no status for health checks of type {check.type}")
    return {"HealthCheckObservations": observations(world, check)}


def last_failure(world: World, call: Call, params: Item) -> Item:
    check = find(world, params["HealthCheckId"])
    rows = observations(world, check)
    for row in rows:
        row["StatusReport"]["Status"] = check.last_failure or "No failures yet."
    return {"HealthCheckObservations": rows}


def observations(world: World, check: HealthCheck) -> list[Item]:
    """Checkers in a Region that is down say nothing."""
    return [
        {
            "Region": checker.region,
            "IPAddress": f"15.177.{10 + number}.1",
            "StatusReport": {
                "Status": checker.status,
                "CheckedTime": moment(checker.checked or world.wall()),
            },
        }
        for number, checker in enumerate(check.checkers)
        if not world.faults.region_down(checker.region)
    ]


def find(world: World, identifier: str) -> HealthCheck:
    check = world.checks.get(identifier)
    if check is None:
        raise AWSError("NoSuchHealthCheck", f"No health check exists with the specified ID {identifier}", 404)
    return check


def view(check: HealthCheck) -> Item:
    return {
        "Id": check.id,
        "CallerReference": check.caller_reference,
        "HealthCheckConfig": check.config,
        "HealthCheckVersion": check.version,
    }
