"""A certificate for the same names in both Regions: each Region's endpoints need one of their own."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext, Regions


class Certificates(pulumi.ComponentResource):
    """`arns` by the Region's code, each known once the certificate is issued. ACM proves the domain by a
    record that is the same for every certificate of an account, so both Regions share one."""

    def __init__(self, regions: Regions, thing: str, domain: str, zone_id: pulumi.Input[str]) -> None:
        super().__init__("drctl:infra:Certificates", regions.home.name(thing), None)
        asked = {r.code: self._certificate(r, thing, domain) for r in regions.both}
        home = regions.home
        proof = asked[home.code].domain_validation_options[0]
        record = aws.route53.Record(
            home.name(f"{thing}-proof"),
            zone_id=zone_id,
            name=proof.apply(lambda p: str(p.resource_record_name)),
            type=proof.apply(lambda p: str(p.resource_record_type)),
            records=[proof.apply(lambda p: str(p.resource_record_value))],
            ttl=300,
            # Another stack of the account may have proved the same domain: it is the same record.
            allow_overwrite=True,
            opts=home.options(self),
        )
        self.arns: Mapping[str, pulumi.Output[str]] = {
            r.code: aws.acm.CertificateValidation(
                r.name(thing),
                certificate_arn=asked[r.code].arn,
                opts=r.options(self, depends_on=[record]),
            ).certificate_arn
            for r in regions.both
        }
        self.register_outputs({})

    def _certificate(self, region: RegionContext, thing: str, domain: str) -> aws.acm.Certificate:
        return aws.acm.Certificate(
            region.name(thing),
            domain_name=domain,
            validation_method="DNS",
            tags=region.tags(Name=region.name(thing)),
            opts=region.options(self),
        )
