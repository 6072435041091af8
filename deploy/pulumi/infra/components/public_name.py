"""The public name of an endpoint, in a hosted zone that exists already."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..naming import DOMAIN
from ..reader import Reader
from ..regions import RegionContext

_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"


@dataclass(frozen=True)
class PublicName:
    """`fqdn` without the final dot; `zone` the name of the public hosted zone that it is in."""

    fqdn: str
    zone: str

    @classmethod
    def read(cls, reader: Reader, thing: str) -> "PublicName":
        """The keys of a stack with a public endpoint: THINGName and hostedZone."""
        key = f"{thing}Name"
        said = f"a name in small letters, such as {thing}.example.com"
        fqdn = reader.text(key, _NAME, said, longest=DOMAIN)
        zone = reader.text("hostedZone", _NAME, "the name of an existing public hosted zone: example.com")
        if fqdn and zone and not fqdn.endswith(f".{zone}"):
            reader.refuse(key, f"is {fqdn}, which is not in {zone}")
        return cls(fqdn, zone)

    def zone_id(self, region: RegionContext) -> pulumi.Output[str]:
        """Looked up: the zone is not the stack's."""
        found = aws.route53.get_zone_output(
            name=self.zone,
            private_zone=False,
            opts=pulumi.InvokeOutputOptions(provider=region.provider),
        )
        return found.zone_id
