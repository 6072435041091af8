"""What a protected database is to drctl: the workload in its config, and the same facts as flat outputs. Both
speak of the roles as they are now: `primary` is where the writers are."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from .components.failover_dns import METRIC, NAMESPACE, FailoverDns
from .controller import (
    HOOK_SECRET_FILE,
    Capacity,
    Database,
    HealthCheckLever,
    Policy,
    RecordLever,
    Site,
    Sql,
    Text,
    Workload,
)
from .outputs import Outputs
from .permissions import Words
from .protection import Guard, Protected
from .regions import RegionContext

# Where the host puts what the probe in SQL needs: host/drctl-refresh.
PASSWORD_FILE = "/etc/drctl/probe.password"
CA_BUNDLE = "/etc/drctl/rds-ca.pem"


def workload(
    protected: Protected[Any], policy: Policy, probe_role: str, capacity: Sequence[Capacity] = ()
) -> Workload:
    """One database, whose clients' name moves by a metric. `probe_role` of the probe in SQL; empty for
    none. `capacity` of both Regions: drctl raises the standby one's."""
    guard = protected.guard
    regions, topics = guard.ground.regions, guard.ground.topics
    active, standby = regions.active, regions.standby
    database: Database = {
        **protected.kind,  # type: ignore[typeddict-item]  # what is not required may be missing
        "primary": _site(guard, active),
        "standby": _site(guard, standby),
        "health_check": guard.health_checks[active.code],
        "fencing": {
            "method": "quarantine",
            "security_groups": [guard.networks[active.code].quarantine.id],
        },
    }
    if probe_role:
        database["sql"] = _sql(protected.database_name, probe_role)
    told: Workload = {
        "primary_region": active.code,
        "standby_region": standby.code,
        "databases": {guard.name: database},
        "policy": policy.body(active.code),
        "traffic": [_lever_of(guard.dns, guard.name, active)],
        "notifications": {"topics": [topics[r.code].arn for r in (standby, active)]},
    }
    if capacity:
        told["capacity"] = [*capacity]
    return told


def raising(capacity: Sequence[Capacity], standby: str) -> Words:
    """What drctl may raise, as docs/iam-policy.json names it; nothing where there is no capacity."""
    roles = {"PRIMARY_SERVICE": False, "STANDBY_SERVICE": True}
    return {
        word: [f"{c['cluster']}/{c['service']}" for c in capacity if (c["region"] == standby) is waits]
        for word, waits in roles.items()
    }


def _site(guard: Guard, region: RegionContext) -> Site:
    side = guard.sides[region.code]
    return {"identifier": side.identifier, "endpoint": side.endpoint}


def _sql(database: str, user: str) -> Sql:
    """The probe in SQL, with the files that the host puts there."""
    return {"database": database, "user": user, "password_file": PASSWORD_FILE, "ca_bundle": CA_BUNDLE}


def _lever_of(dns: FailoverDns, database: str, leaving: RegionContext) -> HealthCheckLever:
    """The lever that moves the clients' name out of that Region."""
    return {
        "lever": "route53-health-check",
        "database": database,
        "name": dns.fqdn,
        "health_check": dns.levers[leaving.code].id,
        "namespace": NAMESPACE,
        "metric": METRIC,
        "dimensions": dns.dimensions(leaving),
    }


def flat(name: str, workload: Workload) -> Outputs:
    """A workload with one database and one lever as flat outputs: README.md explains each key."""
    (database,) = workload["databases"].values()
    (lever,) = workload["traffic"]
    facts: dict[str, Text] = {
        "workload": name,
        "primaryRegion": workload["primary_region"],
        "standbyRegion": workload["standby_region"],
        "databaseType": database["type"],
        "primaryIdentifier": database["primary"]["identifier"],
        "primaryEndpoint": database["primary"]["endpoint"],
        "standbyIdentifier": database["standby"]["identifier"],
        "standbyEndpoint": database["standby"]["endpoint"],
        "fencingMethod": database["fencing"]["method"],
        "fencingSecurityGroups": _joined(database["fencing"]["security_groups"]),
        "topics": _joined(workload["notifications"]["topics"]),
    }
    if "capacity" in workload:
        facts["capacity"] = ",".join(map(_flat_capacity, workload["capacity"]))
    if "global_cluster" in database:
        facts["globalCluster"] = database["global_cluster"]
    if "method" in database:
        facts["failoverMethod"] = database["method"]
    if "health_check" in database:
        facts["healthCheck"] = database["health_check"]
    if "sql" in database:
        facts |= {_SQL[key]: str(value) for key, value in database["sql"].items()}
    return {**facts, **_policy(workload["policy"]), **_lever(lever), "hookSecretFile": HOOK_SECRET_FILE}


def _flat_capacity(capacity: Capacity) -> str:
    """ECS's names hold neither a colon nor a slash nor a comma."""
    name = f"{capacity['cluster']}/{capacity['service']}"
    return f"{capacity['type']}:{capacity['region']}:{name}:{capacity['desired']}"


# What config.yaml calls a thing, and what the outputs do. A key without a name here would be lost on the way.
_SQL = {
    "database": "sqlDatabase",
    "user": "sqlUser",
    "password_file": "sqlPasswordFile",
    "ca_bundle": "sqlCaBundle",
}
_POLICY = {
    "mode": "mode",
    "witnesses": "witnesses",
    "quorum": "quorum",
    "maximum_data_loss": "maximumDataLoss",
    "recovery_time": "recoveryTime",
    "provider_recovery_limit": "providerRecoveryLimit",
    "promotion": "promotionTimeout",
    "capacity": "capacityTimeout",
}


def _policy(policy: Mapping[str, Any]) -> dict[str, Text]:
    """Numbers as text, lists joined with commas; the times of steps beside the rest."""
    flattened = {**{k: v for k, v in policy.items() if k != "timeouts"}, **policy.get("timeouts", {})}
    return {
        _POLICY[key]: ",".join(value) if isinstance(value, list) else str(value)
        for key, value in flattened.items()
    }


def _lever(lever: HealthCheckLever | RecordLever) -> dict[str, Text]:
    facts: dict[str, Text] = {"lever": lever["lever"], "leverName": lever["name"]}
    if lever["lever"] == "route53-record":
        return {**facts, "leverZone": lever["zone"]}
    return {
        **facts,
        "leverHealthCheck": lever["health_check"],
        "leverNamespace": lever["namespace"],
        "leverMetric": lever["metric"],
        "leverDimensions": ",".join(f"{k}={v}" for k, v in sorted(lever["dimensions"].items())),
    }


def _joined(texts: list[Text]) -> pulumi.Output[str]:
    """No identifier, ARN or name in AWS that is joined here holds a comma."""
    return pulumi.Output.all(*texts).apply(lambda all_of_them: ",".join(all_of_them))
