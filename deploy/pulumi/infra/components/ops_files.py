"""What the host fetches, and looks for again every five minutes: its own files, and drctl's configuration."""

from collections.abc import Mapping
from pathlib import Path

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext
from .bucket import Bucket
from .keys import Key

# Beside the program: the host's own files, and the systemd unit that the package has as well.
HOST = Path("host")
OWN = (
    "install.sh",
    "drctl-package",
    "drctl-refresh",
    "drctl-refresh.service",
    "drctl-refresh.timer",
    "webhook-tls.conf",
)
FILES = [*(HOST / name for name in OWN), Path("..", "systemd", "drctl.service")]


class OpsFiles(pulumi.ComponentResource):
    """`bucket` holds host/ and config.yaml."""

    def __init__(
        self,
        region: RegionContext,
        key: Key,
        config: pulumi.Output[str],
        environment: Mapping[str, pulumi.Input[str]],
    ) -> None:
        super().__init__("drctl:infra:OpsFiles", region.name("ops"), None)
        self.region = region
        # It moves with the host, and the program writes all of it.
        self.bucket = Bucket(region, "ops", key, lasting=False)
        objects = [self._file(f"host/{f.name}", pulumi.FileAsset(str(f))) for f in FILES]
        known = {"BUCKET": self.bucket.name, "REGION": region.code, **environment}
        lines = pulumi.Output.all(**known).apply(_lines)
        self.all = [
            *objects,
            self._text("host/host.env", lines),
            self._text("config.yaml", config),
        ]
        self.register_outputs({})

    def _file(self, path: str, source: pulumi.FileAsset) -> aws.s3.BucketObjectv2:
        return aws.s3.BucketObjectv2(
            self.region.label(_logical(path)),
            bucket=self.bucket.name,
            key=path,
            source=source,
            tags=self.region.tags(),
            opts=self.region.options(self, depends_on=[self.bucket]),
        )

    def _text(self, path: str, content: pulumi.Output[str]) -> aws.s3.BucketObjectv2:
        return aws.s3.BucketObjectv2(
            self.region.label(_logical(path)),
            bucket=self.bucket.name,
            key=path,
            content=content,
            content_type="text/plain; charset=utf-8",
            tags=self.region.tags(),
            opts=self.region.options(self, depends_on=[self.bucket]),
        )


def _logical(path: str) -> str:
    return "ops-" + path.removeprefix("host/").replace(".", "-")


def _lines(values: Mapping[str, str]) -> str:
    """For a shell. Nothing here can hold a quote: names, numbers and addresses that AWS or the config
    checked."""
    return "".join(f"{key}='{value}'\n" for key, value in sorted(values.items()))
