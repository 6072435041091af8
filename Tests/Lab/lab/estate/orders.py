"""The workload `orders`."""

from __future__ import annotations

from .pieces import PASSWORD, RECORD_TTL, Item, Pieces


def orders(pieces: Pieces, zone_id: str, name: str = "orders") -> Item:
    """An RDS PostgreSQL instance with a cross-Region replica, behind a plain CNAME. Another `name` makes
    another."""
    home, away = "ap-southeast-2", "ap-southeast-1"
    groups, spare = pieces.groups(name, home), pieces.groups(name, away)
    pieces.client("rds", home).create_db_instance(
        DBInstanceIdentifier=f"{name}-primary",
        DBInstanceClass="db.r6g.large",
        Engine="postgres",
        EngineVersion="16.3",
        AllocatedStorage=100,
        MasterUsername="app",
        MasterUserPassword=PASSWORD,
        BackupRetentionPeriod=7,
        VpcSecurityGroupIds=[groups["app"]],
        DBName="orders",
        MultiAZ=True,
    )
    primary = pieces.instance(home, f"{name}-primary")
    pieces.client("rds", away).create_db_instance_read_replica(
        DBInstanceIdentifier=f"{name}-replica",
        SourceDBInstanceIdentifier=primary["arn"],
        DBInstanceClass="db.r6g.large",
        VpcSecurityGroupIds=[spare["app"]],
        SourceRegion=home,
    )
    # Creation has no such parameter; without it a promotion starts with the very first backup.
    pieces.client("rds", away).modify_db_instance(
        DBInstanceIdentifier=f"{name}-replica", BackupRetentionPeriod=7, ApplyImmediately=True
    )
    standby = pieces.instance(away, f"{name}-replica")
    record = f"db.{name}.{pieces.domain}"
    pieces.upsert(
        zone_id,
        [
            {
                "Name": record,
                "Type": "CNAME",
                "TTL": RECORD_TTL,
                "ResourceRecords": [{"Value": primary["host"]}],
            }
        ],
    )
    return {
        "primary": {**primary, "security_groups": groups},
        "standby": {**standby, "security_groups": spare},
        "record": {"name": record, "type": "CNAME", "ttl": RECORD_TTL, "zone_id": zone_id},
        "health_checks": {"primary": pieces.endpoint_check(f"{name}-primary", primary)},
    }
