"""What a change of roles takes away: `activeRegion` is turned after a failover, and what stood where it no
longer belongs is made anew in the other Region. The README says so in words. Anything else that would go is
an error, and so is a line that takes nothing any more."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ALL = ("orders", "payments", "plant", "postgres-dr", "shop")
RDS = ("orders", "plant", "postgres-dr", "shop")

# What holds data, or is hard to make again, by the provider's types: it goes only where a line names it.
LASTING = re.compile(
    r"aws_(db_instance|db_subnet_group|rds_cluster|rds_cluster_instance|rds_global_cluster|s3_bucket|dynamodb_table"
    r"|dynamodb_table_replica|kms_key|backup_vault|ebs_volume|vpc|vpc_peering_connection|sns_topic|route53_zone"
    r"|kinesis_stream|elasticache_replication_group|ecs_cluster|ecs_service|lb|apigatewayv2_api|cloudtrail)"
)


@dataclass(frozen=True)
class Leaving:
    """Things, by a regular expression of their names without system, Region and suffix; in which systems; and
    why. `lasting`: the types, by a regular expression, of what lasts elsewhere and may go here. `anew`: they
    come back under the same name, so that only the provider knows that they go, and they are of these types
    alone."""

    thing: str
    systems: tuple[str, ...]
    why: str
    lasting: str = ""
    anew: bool = False


LEAVING = [
    Leaving(
        r"(ops|hooks|journal)(-.*)?",
        ALL,
        "drctl's host, its files, its journal and its way in: it never stands in the writer's Region",
        lasting="aws_(s3_bucket|ebs_volume|lb)",
    ),
    Leaving(
        r"(private-)?nat|internet|public-.*",
        ("payments", "plant", "postgres-dr"),
        "the host's way out; where tasks need one too, it is in both Regions",
    ),
    Leaving(r"database-lag", RDS, "the lag is watched where the replica is"),
    Leaving(r"\w+-and-lever", ("payments", "plant", "shop"), "which lever the public name follows"),
    Leaving(
        r"snapshots|backup(-managed-1)?", ("postgres-dr", "shop"), "the plan of snapshots; the vaults stay"
    ),
    Leaving(r"credential-rotation(-\w+)?|rotate-\w+", ("orders",), "secrets are rotated where the writer is"),
    Leaving(
        "notices-hook",
        ALL,
        "the webhook's subscriptions: its name tells the host's Region",
        lasting="aws_sns_topic_subscription",
        anew=True,
    ),
    Leaving(
        "database",
        RDS,
        "the old primary: a replica of the new one takes its place",
        lasting="aws_db_instance",
        anew=True,
    ),
]


@dataclass(frozen=True)
class Gone:
    """What would be deleted, for good or to be made anew. `type` as the provider calls it."""

    type: str
    name: str

    def thing(self, system: str) -> str:
        """The name without the system, the Region and the environment's suffix."""
        return re.sub(rf"^{system}-|-[a-z]{{2}}-[a-z]+-\d-[a-z0-9]+$", "", self.name)


def judged(found: Iterable[Gone], system: str, known: Sequence[Leaving] = LEAVING) -> list[str]:
    """What is wrong: what no line covers, and lines that cover nothing."""
    gone = list(found)
    wrong = [
        f"{g.type} {g.name} would go, and nobody says so"
        for g in gone
        if not any(covers(line, g, system) for line in known)
    ]
    return wrong + [
        f"nothing of {line.thing} goes any more: take it off the list in leaving.py"
        for line in known
        if system in line.systems and not any(covers(line, g, system) for g in gone)
    ]


def covers(line: Leaving, gone: Gone, system: str) -> bool:
    """Whether the line speaks of it."""
    if system not in line.systems or not re.fullmatch(line.thing, gone.thing(system)):
        return False
    if line.anew or LASTING.fullmatch(gone.type):
        return re.fullmatch(line.lasting, gone.type) is not None
    return True
