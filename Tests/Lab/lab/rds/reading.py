"""The describe operations. They read the history of views, so that answers can be stale."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..call import Call
from ..errors import AWSError
from ..history import Key
from .lookup import cluster_name, instance_name, no_cluster, no_global, no_instance

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]


def describe_instances(world: World, call: Call, params: Item) -> Item:
    wanted = params.get("DBInstanceIdentifier")
    rows = visible(world, call, "instance", call.region, instance_name(wanted or ""))
    if wanted and not rows:
        raise no_instance(wanted)
    tests = {
        "db-instance-id": lambda row: {row["DBInstanceIdentifier"], row["DBInstanceArn"]},
        "db-cluster-id": lambda row: {row.get("DBClusterIdentifier")},
        "dbi-resource-id": lambda row: {row["DbiResourceId"]},
        "engine": lambda row: {row["Engine"]},
    }
    rows = filtered(rows, params, tests)
    for row in rows:
        freshen(world, row)
    return page(rows, params, "DBInstances", "DBInstanceIdentifier")


def describe_clusters(world: World, call: Call, params: Item) -> Item:
    wanted = params.get("DBClusterIdentifier")
    rows = visible(world, call, "cluster", call.region, cluster_name(wanted or ""))
    if wanted and not rows:
        raise no_cluster(wanted)
    tests = {
        "db-cluster-id": lambda row: {row["DBClusterIdentifier"], row["DBClusterArn"]},
        "db-cluster-resource-id": lambda row: {row["DbClusterResourceId"]},
        "engine": lambda row: {row["Engine"]},
    }
    rows = filtered(rows, params, tests)
    for row in rows:
        freshen(world, row)
    return page(rows, params, "DBClusters", "DBClusterIdentifier")


def describe_globals(world: World, call: Call, params: Item) -> Item:
    """Seen from the Region that made it and from every Region that has, or once had, a member."""
    rows = []
    for row in visible(world, call, "global", "global"):
        group = world.globals.get(row["GlobalClusterIdentifier"])
        if group is None or call.region == group.home or call.region in group.regions:
            rows.append(row)
    wanted = params.get("GlobalClusterIdentifier")
    if wanted:
        rows = [row for row in rows if row["GlobalClusterIdentifier"] == wanted.split(":")[-1].lower()]
        if not rows:
            raise no_global(wanted)
    tests = {
        "region": lambda row: {m["DBClusterArn"].split(":")[3] for m in row["GlobalClusterMembers"]},
        "db-cluster-id": lambda row: {m["DBClusterArn"] for m in row["GlobalClusterMembers"]},
    }
    return page(filtered(rows, params, tests), params, "GlobalClusters", "GlobalClusterIdentifier")


def visible(world: World, call: Call, kind: str, region: str, name: str = "") -> list[Item]:
    """Every view of the kind in the Region, or the named one, as stale as settings and faults want it."""
    fault = world.faults.hit("stale_reads", call)
    rows = []
    for key in [(kind, region, name)] if name else world.history.keys(kind):
        if key[1] != region:
            continue
        row = stale_view(world, key, fault.spec if fault else None, fault.since if fault else 0.0)
        if row is not None:
            rows.append(dict(row))
    return rows


def stale_view(world: World, key: Key, spec: Item | None, since: float) -> Item | None:
    if spec is None:
        lag = world.settings.describe_lag_seconds
        return world.history.at(key, world.now - lag) if lag else world.history.newest(key)
    moment = world.now - float(spec["seconds"]) if spec.get("seconds") is not None else since
    return world.history.alternating(key, moment) if spec.get("alternate") else world.history.at(key, moment)


def freshen(world: World, row: Item) -> None:
    """The restorable time of a database that runs is about five minutes ago, as in AWS."""
    if "LatestRestorableTime" in row:
        row["LatestRestorableTime"] = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=5)


def filtered(rows: list[Item], params: Item, tests: dict[str, Any]) -> list[Item]:
    for item in params.get("Filters", []):
        test = tests.get(item["Name"])
        if test is None:
            raise AWSError("InvalidParameterValue", f"Unrecognized filter name: {item['Name']}")
        wanted = {value.lower() for value in item["Values"]}
        rows = [row for row in rows if wanted & {str(value).lower() for value in test(row)}]
    return rows


def page(rows: list[Item], params: Item, name: str, identifier: str) -> Item:
    size = int(params.get("MaxRecords", 100))
    if not 20 <= size <= 100:
        raise AWSError(
            "InvalidParameterValue", f"Invalid value {size} for MaxRecords. Must be between 20 and 100"
        )
    marker = params.get("Marker")
    if marker:
        rows = [row for row in rows if row[identifier] > marker]
    answer: Item = {name: rows[:size]}
    if len(rows) > size:
        answer["Marker"] = rows[size - 1][identifier]
    return answer
