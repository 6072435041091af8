"""What moto forgets of what it was given, and a second plan would therefore give it again. Nothing of it is
made anew, and AWS remembers it. A line that is not seen any more, in a system that it names, is an error: the
list stays as short as it can be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .drift import Drift

# What stands where something was forgotten.
NOTHING: tuple[Any, ...] = (None, False, "", 0, [])
RDS = ("orders", "plant", "postgres-dr", "shop")
ALL = ("orders", "payments", "plant", "postgres-dr", "shop")


@dataclass(frozen=True)
class Forgotten:
    """Properties of a type, by regular expressions; in which systems; and why. `replaced`: something else
    stands there than nothing."""

    type: str
    path: str
    systems: tuple[str, ...]
    why: str
    replaced: bool = False

    def covers(self, drift: Drift) -> bool:
        """Whether this is it."""
        return (
            re.fullmatch(self.type, drift.type) is not None
            and re.fullmatch(self.path, drift.path) is not None
            and not drift.replaces
            and (self.replaced or drift.was in NOTHING)
        )


FORGOTTEN = [
    Forgotten(
        "aws_db_instance", r"performance_insights_(enabled|kms_key_id)", RDS, "no Performance Insights"
    ),
    Forgotten(
        "aws_rds_cluster_instance",
        r"performance_insights_(enabled|kms_key_id)",
        ("payments",),
        "no Performance Insights",
    ),
    Forgotten(
        "aws_rds_cluster",
        r"scaling_configuration\.0\..*",
        ("payments",),
        "an empty block of Aurora Serverless, which it never was",
    ),
    Forgotten("aws_rds_global_cluster", r"tags(_all)?\..*", ("payments",), "no tags of global clusters"),
    Forgotten(
        "aws_apigatewayv2_domain_name",
        "mutual_tls_authentication",
        ("payments",),
        "an empty block of mutual TLS, which it never had",
        replaced=True,
    ),
    Forgotten("aws_db_parameter_group", "parameter", RDS, "no parameters of groups"),
    Forgotten(
        "aws_vpc_security_group_(e|in)gress_rule",
        "description",
        ALL,
        "no descriptions of rules that name a group",
    ),
    Forgotten("aws_sns_topic", "signature_version", ALL, "no version of the signatures"),
    Forgotten(
        "aws_vpc_peering_connection_accepter",
        r"tags(_all)?\..*",
        ALL,
        "one set of tags for both sides of a connection; AWS has one a side",
        replaced=True,
    ),
    Forgotten(
        "aws_s3_bucket_replication_configuration",
        r"rule\.\d+\.source_selection_criteria",
        ("payments", "plant", "postgres-dr", "shop"),
        "which objects are replicated",
    ),
    Forgotten("aws_ecs_service", "availability_zone_rebalancing", ("orders", "shop"), "newer than moto"),
    Forgotten("aws_ecs_service", "enable_ecs_managed_tags", ("orders", "shop"), "no tags that ECS manages"),
    Forgotten("aws_ecs_service", "health_check_grace_period_seconds", ("shop",), "no grace for new tasks"),
    Forgotten(
        "aws_backup_(plan|vault)", r"tags(_all)?\..*", ("postgres-dr", "shop"), "no tags of AWS Backup"
    ),
    Forgotten(
        "aws_iot_domain_configuration",
        r"tls_config|tags(_all)?\..*",
        ("plant",),
        "neither tags nor the TLS policy of endpoints",
    ),
    Forgotten("aws_kinesis_stream", r"tags(_all)?\..*", ("orders", "plant"), "no tags of new streams"),
]


def judged(found: Iterable[Drift], system: str, known: Sequence[Forgotten] = FORGOTTEN) -> list[str]:
    """What is wrong: what no line covers, and lines that cover nothing."""
    drifts = list(found)
    wrong = [str(d) for d in drifts if not any(k.covers(d) for k in known)]
    return wrong + [
        f"moto remembers {k.type} {k.path} by now: take it off the list in forgotten.py"
        for k in known
        if system in k.systems and not any(k.covers(d) for d in drifts)
    ]
