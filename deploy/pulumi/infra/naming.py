"""Names. Each holds the system, what it is, and the environment's suffix: two environments never meet."""

from .reader import Reader
from .settings import Settings

# The shortest limit that AWS has for names that this program gives: load balancers and target groups.
SHORT = 32
# IAM roles, Lambda functions, RDS identifiers and buckets allow 63 or 64.
LONG = 63
# ACM's limit for a certificate's first name: it is the common name too, of which X.509 allows 64.
DOMAIN = 64


def name(settings: Settings, thing: str, region: str | None = None) -> str:
    """`payments-audit-us-east-1-dev`. With `region` where names are global (buckets, roles) or the resource
    exists in both Regions; without it where the name is the Region's own and must be short."""
    full = label(settings, thing, region)
    limit = LONG if region else SHORT
    if len(full) > limit:
        raise ValueError(f"the name {full} has {len(full)} characters of {limit}: shorten {thing!r}")
    return full


def label(settings: Settings, thing: str, region: str | None) -> str:
    """The same without a limit: for what has a name in Pulumi alone, such as a rule or an object."""
    return "-".join(p for p in (settings.system, thing, region, settings.environment_suffix) if p)


def hook_domain(settings: Settings, region: str, zone: str) -> str:
    """The webhook's public name. It tells the Region, so that a new host's name is never the old one's."""
    return f"{label(settings, 'hooks', region)}.{zone}"


def check(settings: Settings, reader: Reader) -> None:
    """Refuses what would make a name too long for AWS, in either role: it would end in mid-deployment."""
    zone = reader.peek("hookZone")
    domains = [hook_domain(settings, r, zone) for r in (settings.primary_region, settings.standby_region)]
    longest = max(domains, key=len)
    excess = len(longest) - DOMAIN
    if excess > 0:
        reader.refuse(
            "hookZone",
            f"makes the webhook's name {longest} of {len(longest)} characters: a certificate takes {DOMAIN}, "
            f"so that a zone of at most {len(zone) - excess} is needed, or a shorter environmentSuffix",
        )
