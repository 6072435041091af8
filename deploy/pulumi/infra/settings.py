"""What every system's stack is told. A system's own settings are in its file."""

from dataclasses import dataclass

from .reader import REGION, Reader

# Each system's Regions when its config names none: (primary, standby).
HOMES = {
    "postgres-dr": ("ap-southeast-2", "ap-southeast-1"),
    "payments": ("us-east-1", "us-east-2"),
    "orders": ("eu-central-1", "eu-west-1"),
    "shop": ("us-east-1", "us-west-2"),
    "plant": ("ap-southeast-1", "ap-southeast-2"),
}


@dataclass(frozen=True)
class Settings:
    """What every stack has in common.

    - `primary_region`, `standby_region`: where the system is at home, and where it flees to. They never
      change: resources are named after them.
    - `active_region`: where the writers are now. One of the two; set it after a failover, and the program
      follows.
    - `secret_keys`: ARNs of the customer's own KMS keys that existing secrets are encrypted with, of either
      Region. Without one a secret has AWS's own key, which whoever may read the secret may use.
    - `production`: deletion protection, final snapshots and retained data. Without it everything can be
      destroyed.
    """

    system: str
    environment_suffix: str
    owner: str
    project: str
    production: bool
    primary_region: str
    standby_region: str
    active_region: str
    secret_keys: tuple[str, ...]

    @classmethod
    def read(cls, reader: Reader) -> "Settings":
        """The common part. The system reads its own keys, then calls `reader.finish()`."""
        system = reader.choice("system", list(HOMES))
        # Which keys there are is a matter of the system: without one each of them would be called unknown.
        reader.stop()
        primary, standby = HOMES[system]
        settings = cls(
            system=system,
            environment_suffix=reader.text(
                "environmentSuffix", r"[a-z][a-z0-9]{0,11}", "1 to 12 of a-z and 0-9, a letter first: dev"
            ),
            owner=reader.text("owner", r"[\w .@+-]{1,64}", "the team that answers for it, such as platform"),
            project=reader.text("project", r"[\w .-]{1,64}", "what it is booked on", "drctl"),
            production=reader.flag("production", False),
            primary_region=reader.region("primaryRegion", primary),
            standby_region=reader.region("standbyRegion", standby),
            active_region="",
            secret_keys=reader.texts(
                "secretKeys",
                rf"arn:aws:kms:{REGION.pattern}:\d{{12}}:key/[\w-]{{1,128}}",
                "the ARN of a KMS key, not of an alias",
            ),
        )
        active = reader.region("activeRegion", settings.primary_region or None)
        settings = cls(**{**vars(settings), "active_region": active})
        for arn in settings.secret_keys:
            there = arn.split(":")[3:4]
            if there and there[0] not in (settings.primary_region, settings.standby_region):
                reader.refuse("secretKeys", f"has {arn}: no secret is read in {there[0]}")
        if settings.primary_region == settings.standby_region:
            reader.refuse(
                "standbyRegion", f"is {settings.standby_region}, the primary Region too: use another one"
            )
        if active not in (settings.primary_region, settings.standby_region):
            reader.refuse(
                "activeRegion",
                f"is {active}: use {settings.primary_region} or {settings.standby_region}",
            )
        return settings
