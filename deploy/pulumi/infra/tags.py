"""The tags of everything that can have some."""

from .settings import Settings

REQUIRED = ("Environment", "Owner", "Region", "DR-Role", "Project")


def tags(settings: Settings, region: str, role: str) -> dict[str, str]:
    """`role` is what the Region is at the moment: primary or standby."""
    return {
        "Environment": settings.environment_suffix,
        "Owner": settings.owner,
        "Region": region,
        "DR-Role": role,
        "Project": settings.project,
    }
