"""The simulated world: what exists, what is alive, and what has had an effect. One lock guards it all."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections import deque
from typing import Any

from . import catalogue
from .call import Call
from .cloudwatch.alarms import Alarm
from .cloudwatch.store import MetricStore
from .databases import Cluster, Database, GlobalCluster, Instance, name_of, region_of
from .faults import FaultBoard
from .history import History
from .listeners import Listeners
from .route53.checks import HealthCheck
from .route53.resolver import Resolver
from .route53.zones import Zones
from .settings import Settings
from .timeline import Timeline

# The log of effects in /_lab/state keeps this many.
KEPT_EFFECTS = 10_000


class World:
    def __init__(self, seed: int = 1, db_port: int = 0) -> None:
        self.lock = threading.RLock()
        self.seed = seed
        self.random = random.Random(seed)
        self.settings = Settings()
        self.timeline = Timeline()
        self.faults = FaultBoard(self.timeline.now)
        self.history = History()
        self.listeners = Listeners(db_port, lambda: self.settings.ssl_answer)
        self.metrics = MetricStore()
        self.zones = Zones(self)
        self.resolver = Resolver(self)
        self.checks: dict[str, HealthCheck] = {}
        self.alarms: dict[tuple[str, str], Alarm] = {}
        self.route53_tags: dict[tuple[str, str], dict[str, str]] = {}
        self.instances: dict[tuple[str, str], Instance] = {}
        self.clusters: dict[tuple[str, str], Cluster] = {}
        self.globals: dict[str, GlobalCluster] = {}
        self.effects: deque[dict[str, Any]] = deque(maxlen=KEPT_EFFECTS)
        self.keys: dict[str, str] = {}

    @property
    def now(self) -> float:
        return self.timeline.now()

    def wall(self) -> float:
        return time.time()

    def stable_id(self, *parts: str, length: int = 12) -> str:
        """The same for the same seed and parts, as a test wants it."""
        text = "/".join((str(self.seed), *parts))
        return hashlib.sha256(text.encode()).hexdigest()[:length]

    def record_effect(self, kind: str, call: Call | None, region: str, identifier: str, **more: Any) -> None:
        """A change that took effect. `call` is marked; None when it happened by itself."""
        if call is not None:
            call.effect = True
        self.effects.append(
            {
                "kind": kind,
                "time": round(self.now, 4),
                "wall": self.wall(),
                "region": region,
                "identifier": identifier,
                "call": call.number if call else None,
                **more,
            }
        )

    # Looking things up

    def instance_by_arn(self, arn: str) -> Instance | None:
        return self.instances.get((region_of(arn), name_of(arn)))

    def cluster_by_arn(self, arn: str) -> Cluster | None:
        return self.clusters.get((region_of(arn), name_of(arn)))

    def databases(self) -> list[Database]:
        return [*self.instances.values(), *self.clusters.values()]

    def cluster_of(self, instance: Instance) -> Cluster | None:
        return self.clusters.get((instance.region, instance.cluster)) if instance.cluster else None

    def members(self, cluster: Cluster) -> list[Instance]:
        return [i for i in self.instances.values() if (i.region, i.cluster) == cluster.key]

    def global_of(self, cluster: Cluster) -> GlobalCluster | None:
        return self.globals.get(cluster.global_id) if cluster.global_id else None

    def role(self, database: Database) -> str:
        if isinstance(database, Instance):
            cluster = self.cluster_of(database)
            if cluster is not None:
                return self.role(cluster) if database.is_cluster_writer else "standby"
            return "standby" if database.source else "writer"
        return "writer" if isinstance(database, Cluster) and database.is_writer else "standby"

    def alarm_changed(self, alarm: Alarm, old: str) -> None:
        """Sends the alarm's actions to SNS, after the lock is free: delivery is moto's business."""
        from .alarm_actions import send

        threading.Thread(target=send, args=(alarm, old), daemon=True).start()

    # Keeping it consistent

    def settle(self) -> None:
        """Brings everything up to this moment. Call with the lock held, before reading or changing."""
        from .liveness import refresh

        self.timeline.run_due()
        refresh(self)

    def touch(self, *things: Database | GlobalCluster | None) -> None:
        """Records the new view of what has changed."""
        from .rds import views

        for thing in things:
            if thing is not None:
                key, view = views.view(self, thing)
                self.history.record(key, self.now, view)

    def adopt_instance(self, region: str, identifier: str) -> Instance:
        """Takes an instance that moto has just created into the world."""
        base = catalogue.describe_instance(region, identifier)
        name = identifier.lower()
        host = f"{name}.{self.stable_id(region)}.{region}.rds.amazonaws.com"
        cluster = base.get("DBClusterIdentifier")
        source = base.get("ReadReplicaSourceDBInstanceIdentifier")
        if source and ":" not in source:
            source = catalogue.arn("db", region, source)
        instance = Instance(
            region=region,
            identifier=name,
            arn=catalogue.arn("db", region, name),
            base=base,
            resource_id="db-" + self.stable_id(region, name, str(len(self.effects)), length=26).upper(),
            endpoint=self.listeners.create(host),
            cluster=cluster,
            source=source,
            groups=[g["VpcSecurityGroupId"] for g in base.get("VpcSecurityGroups", [])],
        )
        if cluster:
            instance.is_cluster_writer = not self.members(self.clusters[region, cluster])
        self.instances[region, name] = instance
        primary = self.instance_by_arn(source) if source else None
        if primary is not None:
            primary.replicas.append(instance.arn)
        self.touch(instance, primary, self.cluster_of(instance))
        return instance

    def adopt_cluster(self, region: str, identifier: str) -> Cluster:
        base = catalogue.describe_cluster(region, identifier)
        name = identifier.lower()
        tail = f"{self.stable_id(region)}.{region}.rds.amazonaws.com"
        cluster = Cluster(
            region=region,
            identifier=name,
            arn=catalogue.arn("cluster", region, name),
            base=base,
            resource_id=base.get("DbClusterResourceId", ""),
            endpoint=self.listeners.create(f"{name}.cluster-{tail}"),
            reader_endpoint=f"{name}.cluster-ro-{tail}",
            groups=[g["VpcSecurityGroupId"] for g in base.get("VpcSecurityGroups", [])],
        )
        self.clusters[region, name] = cluster
        self.touch(cluster)
        return cluster

    def forget(self, database: Database) -> None:
        """After a deletion: no endpoint, no view; a replica whose source went is `terminated`."""
        from .rds import views

        self.listeners.remove(database.endpoint)
        key, _ = views.view(self, database)
        self.history.record(key, self.now, None)
        if isinstance(database, Instance):
            self.instances.pop(database.key, None)
            for arn in database.replicas:
                replica = self.instance_by_arn(arn)
                if replica is not None and replica.source == database.arn:
                    replica.source_gone = True
                    self.touch(replica)
            source = self.instance_by_arn(database.source) if database.source else None
            if source is not None and database.arn in source.replicas:
                source.replicas.remove(database.arn)
                self.touch(source)
            self.touch(self.cluster_of(database))
        else:
            self.clusters.pop(database.key, None)
