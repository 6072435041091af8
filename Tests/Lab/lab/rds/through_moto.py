"""What moto does and the lab then takes over: creating, deleting, and changes of plain fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import catalogue
from ..call import Call
from ..databases import Cluster, Database, GlobalCluster, Instance
from ..errors import AWSError
from . import views
from .instances import change_groups, free, set_status
from .lookup import bad_state, find_cluster, find_global, find_instance

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]


def before(world: World, call: Call, params: Item) -> None:
    """The errors that moto would answer with HTML, or not at all."""
    operation, region = call.operation, call.region
    creates = operation.startswith("Create")
    if params.get("DBInstanceIdentifier") and (not creates or operation == "CreateDBSnapshot"):
        instance = find_instance(world, region, params["DBInstanceIdentifier"])
        protected = instance.base.get("DeletionProtection") is True
        if operation == "DeleteDBInstance" and not protected and not instance.cluster:
            catalogue.forget_source(*instance.key)
    if params.get("DBClusterIdentifier") and not creates:
        cluster = find_cluster(world, region, params["DBClusterIdentifier"])
        if operation == "StopDBCluster" and cluster.global_id:
            raise AWSError(
                "InvalidDBClusterStateFault", f"{cluster.identifier} is a member of a global cluster"
            )
        if operation == "DeleteDBCluster" and cluster.global_id:
            raise AWSError(
                "InvalidDBClusterStateFault", f"{cluster.identifier} is a member of a global cluster"
            )
    if params.get("NewDBInstanceIdentifier") or params.get("NewDBClusterIdentifier"):
        raise AWSError("InvalidParameterCombination", "the lab does not rename databases")
    if params.get("GlobalClusterIdentifier") and operation != "CreateGlobalCluster":
        find_global(world, params["GlobalClusterIdentifier"])
    if operation == "CreateDBInstanceReadReplica":
        source = params.get("SourceDBInstanceIdentifier", "")
        arn = source if ":" in source else catalogue.arn("db", region, source)
        primary = world.instance_by_arn(arn)
        if primary is None:
            raise AWSError("DBInstanceNotFound", f"DBInstance {source} not found.", 404)
        if not primary.alive or primary.shown_status != "available":
            raise bad_state(primary.identifier, f"cannot be a source: it is {primary.shown_status}")
        if (region, params["DBInstanceIdentifier"].lower()) in world.instances:
            raise AWSError("DBInstanceAlreadyExists", "DB instance already exists")
    if operation in ("ModifyDBInstance", "ModifyDBCluster") and params.get("VpcSecurityGroupIds"):
        known_groups(call, params["VpcSecurityGroupIds"])
        database = named(world, call, params)
        if database.status != "available" or database.busy:
            code = (
                "InvalidDBInstanceState" if isinstance(database, Instance) else "InvalidDBClusterStateFault"
            )
            raise AWSError(code, f"{database.identifier} is {database.shown_status}, not available")


def known_groups(call: Call, groups: list[str]) -> None:
    for group in groups:
        if not catalogue.group_exists(call.region, group):
            raise AWSError("InvalidParameterValue", f"Invalid security group, groupId={group}")


def after(world: World, call: Call, params: Item) -> Item | None:
    """moto has said yes; the world follows. The reply as the lab sees it, where it sees more than moto."""
    operation, region = call.operation, call.region
    if operation == "CreateDBInstanceReadReplica":
        catalogue.settle_replica(
            region, params["DBInstanceIdentifier"], params.get("VpcSecurityGroupIds", [])
        )
    if operation in ("CreateDBInstance", "CreateDBInstanceReadReplica"):
        instance = world.adopt_instance(region, params["DBInstanceIdentifier"])
        created(world, instance)
        return {"DBInstance": views.instance_view(world, instance)}
    if operation == "CreateDBCluster":
        cluster = world.adopt_cluster(region, params["DBClusterIdentifier"])
        created(world, cluster)
        if params.get("GlobalClusterIdentifier"):
            join(world, find_global(world, params["GlobalClusterIdentifier"]), cluster.arn)
        return {"DBCluster": views.cluster_view(world, cluster)}
    if operation == "CreateGlobalCluster":
        return {"GlobalCluster": views.global_view(world, create_global(world, region, params))}
    if operation in ("ModifyDBInstance", "ModifyDBCluster"):
        return modified(world, call, params)
    if operation == "DeleteDBInstance":
        world.forget(find_instance(world, region, params["DBInstanceIdentifier"]))
    elif operation == "DeleteDBCluster":
        world.forget(find_cluster(world, region, params["DBClusterIdentifier"]))
    elif operation == "DeleteGlobalCluster":
        group = world.globals.pop(params["GlobalClusterIdentifier"].lower(), None)
        if group:
            world.history.record(("global", *group.key), world.now, None)
    elif operation in ("AddTagsToResource", "RemoveTagsFromResource"):
        for database in world.databases():
            if database.arn == params.get("ResourceName"):
                refresh_base(database)
                world.touch(database)
    return None


def modified(world: World, call: Call, params: Item) -> Item:
    database = named(world, call, params)
    refresh_base(database)
    if params.get("VpcSecurityGroupIds"):
        change_groups(world, call, database, params["VpcSecurityGroupIds"])
    world.touch(database)
    if isinstance(database, Instance):
        return {"DBInstance": views.instance_view(world, database)}
    assert isinstance(database, Cluster)
    return {"DBCluster": views.cluster_view(world, database)}


def named(world: World, call: Call, params: Item) -> Database:
    if params.get("DBInstanceIdentifier"):
        return find_instance(world, call.region, params["DBInstanceIdentifier"])
    return find_cluster(world, call.region, params.get("DBClusterIdentifier"))


def refresh_base(database: Database) -> None:
    describe = catalogue.describe_instance if isinstance(database, Instance) else catalogue.describe_cluster
    database.base = describe(database.region, database.identifier)


def created(world: World, database: Database) -> None:
    if world.settings.create_seconds > 0:
        database.busy = True
        set_status(world, database, "creating")
        world.timeline.after(world.settings.create_seconds, lambda: free(world, database))


def create_global(world: World, region: str, params: Item) -> GlobalCluster:
    identifier = params["GlobalClusterIdentifier"].lower()
    group = GlobalCluster(
        identifier=identifier,
        arn=f"arn:aws:rds::{catalogue.ACCOUNT}:global-cluster:{identifier}",
        base=catalogue.describe_global(identifier),
        home=region,
    )
    world.globals[identifier] = group
    source = params.get("SourceDBClusterIdentifier")
    if source:
        join(world, group, source if ":" in source else catalogue.arn("cluster", region, source))
    world.touch(group)
    return group


def join(world: World, group: GlobalCluster, arn: str) -> None:
    cluster = world.cluster_by_arn(arn)
    if cluster is None:
        raise AWSError("DBClusterNotFoundFault", f"DBCluster {arn} not found.", 404)
    group.members.append(arn)
    group.regions.add(cluster.region)
    cluster.global_id = group.identifier
    cluster.is_writer = group.writer is None
    if cluster.is_writer:
        group.writer = arn
    world.touch(cluster, group)
