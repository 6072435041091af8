"""What a stack's config says of the host that drctl runs on."""

from dataclasses import dataclass

from ..reader import Reader
from .existing_secret import secret_name


@dataclass(frozen=True)
class OpsSettings:
    """- `package`, `package_sha256`: drctl's Debian package (or its binary) in S3, and what it must be.
    - `hook_zone`: the existing public hosted zone that the webhook's name is made in.
    - `hook_secret`: the existing secret, in both Regions, that signs calls to `/hooks/generic`.
    - `probe_secret`: the existing secret, in both Regions, with {"username", "password"} of the probe in SQL;
      empty for none.
    """

    package: str
    package_sha256: str
    hook_zone: str
    hook_secret: str
    probe_secret: str
    probe_user: str
    instance_type: str
    image: str

    @property
    def probe_role(self) -> str:
        """The role that the probe in SQL is, or empty where there is no probe."""
        return self.probe_user if self.probe_secret else ""

    @classmethod
    def read(cls, reader: Reader) -> "OpsSettings":
        """The keys of a stack with a host of its own."""
        return cls(
            package=reader.text(
                "package", r"s3://[a-z0-9.-]{3,63}/[\w./+~-]+", "where it is, as s3://bucket/drctl.deb"
            ),
            package_sha256=reader.text("packageSha256", r"[0-9a-f]{64}", "what sha256sum says of it"),
            hook_zone=reader.text(
                "hookZone", r"([a-z0-9-]+\.)+[a-z]{2,}", "an existing public hosted zone, such as example.com"
            ),
            hook_secret=secret_name(reader, "hookSecret"),
            probe_secret=secret_name(reader, "probeSecret", ""),
            probe_user=reader.text("probeUser", r"[a-z_][a-z0-9_]{0,62}", "a PostgreSQL role", "drctl_probe"),
            instance_type=reader.text("hostType", r"[a-z0-9-]+\.[a-z0-9]+", "such as t3.small", "t3.small"),
            image=reader.text(
                "hostImage",
                r"/aws/service/[\w./-]+",
                "a public parameter that names an image of Debian for x86-64",
                "/aws/service/debian/release/12/latest/amd64",
            ),
        )
