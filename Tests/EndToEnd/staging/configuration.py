"""A config.yaml for an estate in the lab: the reference configuration's shape, at the lab's pace."""

from __future__ import annotations

from typing import Any

Item = dict[str, Any]

# A lab minute is a second long, so every span is about a fiftieth of what a real estate would have.
POLICY: Item = {
    "mode": "automatic",
    "confirmation_window": "2s",
    "clearance_window": "2s",
    "maximum_data_loss": "20s",
    "cooldown": "1m",
    "freshness": "4s",
    "metric_freshness": "1m",
    "stall_after": "5s",
    "provider_recovery_limit": "5s",
    "timeouts": {
        "recheck": "10s",
        "fence": "5s",
        "promotion": "60s",
        "traffic": "60s",
        "confirmation": "20s",
    },
}


def controller(folder: str, dns: str, **changes: Any) -> Item:
    """The host stands in ap-southeast-1: the primary Region of nothing."""
    return {
        "region": "ap-southeast-1",
        "journal": f"{folder}/journal.db",
        "socket": f"{folder}/s.sock",
        "poll_interval": "1s",
        "resolvers": [dns],
        "log_level": "debug",
        "settle_time": "1s",
        **changes,
    }


def aws(url: str, **changes: Any) -> Item:
    return {
        "endpoints": [{"url": url}],
        "metric_period": "1s",
        "connect_timeout": "500ms",
        "request_timeout": "1s",
        "max_attempts": 2,
        **changes,
    }


def orders_workload(estate: Item, topics: Item, name: str, **policy: Any) -> Item:
    """RDS, moved by a record, fenced by quarantine. All four kinds of witness."""
    database = {
        "type": "rds-replica",
        "primary": site(estate["primary"]),
        "standby": site(estate["standby"]),
        "health_check": estate["health_checks"]["primary"],
        "heartbeat": True,
        "fencing": {
            "method": "quarantine",
            "security_groups": [estate["primary"]["security_groups"]["quarantine"]],
        },
    }
    lever = {
        "lever": "route53-record",
        "database": name,
        "zone": estate["record"]["zone_id"],
        "name": estate["record"]["name"],
    }
    rules = {"witnesses": ["route53", "control-plane", "replication", "probe"], "quorum": 3, **policy}
    return workload(estate, topics, name, database, lever, rules)


def payments_workload(estate: Item, topics: Item, name: str, method: str = "detach", **policy: Any) -> Item:
    """Aurora, moved by a health check, fenced by revoking. The route53 witness would die with us-east-1."""
    database = {
        "type": "aurora-global",
        "global_cluster": estate["global_cluster"],
        "method": method,
        "primary": site(estate["primary"]),
        "standby": site(estate["standby"]),
        "fencing": {
            "method": "revoke-ingress",
            "security_groups": [estate["primary"]["security_groups"]["app"]],
        },
    }
    lever = {
        "lever": "route53-health-check",
        "database": name,
        "name": estate["record"]["name"],
        "health_check": estate["lever"]["health_check_id"],
        "namespace": estate["lever"]["namespace"],
        "metric": estate["lever"]["metric"],
        "dimensions": {estate["lever"]["dimension"]: estate["lever"]["value"]},
    }
    rules = {"witnesses": ["control-plane", "replication", "probe"], "quorum": 2, **policy}
    return workload(estate, topics, name, database, lever, rules)


def site(side: Item) -> Item:
    return {"identifier": side["identifier"], "endpoint": side["endpoint"]}


def workload(estate: Item, topics: Item, name: str, database: Item, lever: Item, policy: Item) -> Item:
    regions = [estate["standby"]["region"], estate["primary"]["region"]]
    return {
        "primary_region": estate["primary"]["region"],
        "standby_region": estate["standby"]["region"],
        "databases": {name: database},
        "policy": policy,
        "traffic": [lever],
        "notifications": {"topics": [topics[region]["arn"] for region in regions]},
    }
