"""What a system's pieces are to drctl: the workload in its config, and the same facts as flat outputs. Both
speak of the roles as they are now: `primary` is where the writers are."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from .components.database_network import DatabaseNetwork
from .components.failover_dns import METRIC, NAMESPACE, FailoverDns
from .components.notifications import Topic
from .components.replicated_database import ReplicatedDatabase
from .controller import Database, HealthCheckLever, Policy, RecordLever, Site, Sql, Text, Workload
from .outputs import Outputs
from .permissions import Words
from .regions import RegionContext, Regions

# Where the host puts what the probe in SQL needs: host/drctl-refresh.
PASSWORD_FILE = "/etc/drctl/probe.password"
CA_BUNDLE = "/etc/drctl/rds-ca.pem"


@dataclass(frozen=True)
class Pieces:
    """The parts of a system that drctl is told of, by the Region's code."""

    name: str
    database: ReplicatedDatabase
    around: Mapping[str, DatabaseNetwork]
    health_checks: Mapping[str, Text]
    dns: FailoverDns
    topics: Mapping[str, Topic]


def replicated(regions: Regions, pieces: Pieces, policy: Policy, probe_user: str) -> Workload:
    """An RDS database with its read replica. `probe_user`: the role of the probe in SQL, or empty."""
    active, standby = regions.active, regions.standby
    instances = pieces.database.instances

    def site(region: RegionContext) -> Site:
        instance = instances[region.code]
        return {"identifier": instance.identifier, "endpoint": instance.endpoint}

    database: Database = {
        "type": "rds-replica",
        "primary": site(active),
        "standby": site(standby),
        "health_check": pieces.health_checks[active.code],
        "fencing": {
            "method": "quarantine",
            "security_groups": [pieces.around[active.code].quarantine.id],
        },
    }
    if probe_user:
        database["sql"] = sql(pieces.database.settings.database, probe_user)
    return assembled(regions, pieces.name, database, policy, pieces.dns, pieces.topics)


def sql(database: str, user: str) -> Sql:
    """The probe in SQL, with the files that the host puts there."""
    return {"database": database, "user": user, "password_file": PASSWORD_FILE, "ca_bundle": CA_BUNDLE}


def assembled(
    regions: Regions,
    name: str,
    database: Database,
    policy: Policy,
    dns: FailoverDns,
    topics: Mapping[str, Topic],
) -> Workload:
    """A workload with one database, whose clients' name moves by a metric."""
    active, standby = regions.active, regions.standby
    return {
        "primary_region": active.code,
        "standby_region": standby.code,
        "databases": {name: database},
        "policy": policy.body(active.code),
        "traffic": [health_check_lever(dns, name, active)],
        "notifications": {"topics": [topics[r.code].arn for r in (standby, active)]},
    }


def words(regions: Regions, pieces: Pieces, zone: Text) -> Words:
    """The stack's resources as docs/iam-policy.json names them. It has no cluster, no table, and no groups
    whose rules are revoked; its lever changes no record."""
    active, standby = regions.active, regions.standby
    return {
        "ACCOUNT": [active.account],
        "PRIMARY_REGION": [active.code],
        "STANDBY_REGION": [standby.code],
        "PRIMARY_INSTANCE": [pieces.database.instances[active.code].identifier],
        "STANDBY_INSTANCE": [pieces.database.instances[standby.code].identifier],
        "HEALTH_CHECK": [pieces.health_checks[active.code]],
        "LEVER_HEALTH_CHECK": [pieces.dns.levers[active.code].id],
        "ZONE": [zone],
        "TOPIC": [pieces.topics[r.code].name for r in regions.both],
        # The webhook is subscribed to the same topics: operations.py.
        "ALARM_TOPIC": [pieces.topics[r.code].name for r in regions.both],
    }


def health_check_lever(dns: FailoverDns, database: str, leaving: RegionContext) -> HealthCheckLever:
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
    if "global_cluster" in database:
        facts["globalCluster"] = database["global_cluster"]
    if "method" in database:
        facts["failoverMethod"] = database["method"]
    if "health_check" in database:
        facts["healthCheck"] = database["health_check"]
    return {**facts, **_lever(lever)}


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
