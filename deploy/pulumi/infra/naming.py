"""Names. Each holds the system, what it is, and the environment's suffix: two environments never meet."""

from .settings import Settings

# The shortest limit that AWS has for names that this program gives: load balancers and target groups.
SHORT = 32
# IAM roles, Lambda functions, RDS identifiers and buckets allow 63 or 64.
LONG = 63


def name(settings: Settings, thing: str, region: str | None = None) -> str:
    """`payments-audit-us-east-1-dev`. With `region` where names are global (buckets, roles) or the resource
    exists in both Regions; without it where the name is the Region's own and must be short."""
    parts = [settings.system, thing, region, settings.environment_suffix]
    full = "-".join(p for p in parts if p)
    limit = LONG if region else SHORT
    if len(full) > limit:
        raise ValueError(f"the name {full} has {len(full)} characters of {limit}: shorten {thing!r}")
    return full
