"""The webhook's way in, and the only one: a load balancer with a certificate, in front of the host."""

import pulumi
import pulumi_aws as aws

from ..naming import hook_domain
from .balancer import balancer, listener
from .groups import Way, let_in, security_group
from .network import Network
from .ops_settings import OpsSettings

# Where TLS before drctl's webhook listens on the host: host/webhook-tls.conf.
HOOK_PORT = 8443
DOORS = ["/hooks/sns", "/hooks/generic"]


class Entrance(pulumi.ComponentResource):
    """`url` is the webhook's, without a path. `group` is the balancer's: the host lets in nobody else.
    Everything but a POST to one of the two doors ends at the balancer."""

    def __init__(self, network: Network, settings: OpsSettings) -> None:
        region = network.region
        super().__init__("drctl:infra:Entrance", region.name("hooks"), None)
        self.region = region
        self._network = network
        self.domain = hook_domain(region.settings, region.code, settings.hook_zone)
        self.url = f"https://{self.domain}"
        self.group = self._group()
        zone = aws.route53.get_zone_output(
            name=settings.hook_zone,
            private_zone=False,
            opts=pulumi.InvokeOutputOptions(parent=self, provider=region.provider),
        ).zone_id
        certificate = self._certificate(zone)
        # It moves with the host, at each change of roles.
        made = balancer(self, network, "hooks", self.group, lasting=False)
        self.targets = self._targets()
        self._listen(made, certificate)
        aws.route53.Record(
            region.name("hooks"),
            zone_id=zone,
            name=self.domain,
            type="A",
            aliases=[{"name": made.dns_name, "zone_id": made.zone_id, "evaluate_target_health": False}],
            opts=region.options(self),
        )
        self.register_outputs({"url": self.url})

    def _group(self) -> aws.ec2.SecurityGroup:
        """SNS and the watchers, which are functions, have no addresses that could be named: whoever calls,
        it is the signature that counts."""
        group = security_group(self, self._network, "hooks", "load balancer of the webhook")
        let_in(self, self.region, group, Way("hooks-1", "senders of the webhook", 443, "0.0.0.0/0"))
        return group

    def _certificate(self, zone: pulumi.Output[str]) -> aws.acm.CertificateValidation:
        region = self.region
        made = aws.acm.Certificate(
            region.name("hooks"),
            domain_name=self.domain,
            validation_method="DNS",
            tags=region.tags(),
            opts=region.options(self),
        )
        option = made.domain_validation_options[0]
        record = aws.route53.Record(
            region.name("hooks-proof"),
            zone_id=zone,
            name=option.resource_record_name,
            type=option.resource_record_type,
            records=[option.resource_record_value],
            ttl=300,
            opts=region.options(self),
        )
        return aws.acm.CertificateValidation(
            region.name("hooks"),
            certificate_arn=made.arn,
            validation_record_fqdns=[record.fqdn],
            opts=region.options(self),
        )

    def _targets(self) -> aws.lb.TargetGroup:
        region = self.region
        return aws.lb.TargetGroup(
            region.name("hooks"),
            name=region.short("hooks"),
            vpc_id=self._network.vpc.id,
            port=HOOK_PORT,
            protocol="HTTPS",
            target_type="instance",
            # A host that restarts is back within seconds; SNS tries again.
            deregistration_delay=10,
            health_check={
                "protocol": "HTTPS",
                "path": "/livez",
                # Any answer of drctl's; the proxy before it says 502 when there is none.
                "matcher": "200-499",
                "interval": 15,
                "timeout": 5,
                "healthy_threshold": 2,
                "unhealthy_threshold": 2,
            },
            tags=region.tags(),
            opts=region.options(self),
        )

    def _listen(self, behind: aws.lb.LoadBalancer, certificate: aws.acm.CertificateValidation) -> None:
        region = self.region
        otherwise: aws.lb.ListenerDefaultActionArgsDict = {
            "type": "fixed-response",
            "fixed_response": {"content_type": "text/plain", "status_code": "404"},
        }
        made = listener(self, region, "hooks", behind, certificate.certificate_arn, otherwise)
        aws.lb.ListenerRule(
            region.name("hooks"),
            listener_arn=made.arn,
            priority=1,
            conditions=[
                {"path_pattern": {"values": DOORS}},
                {"http_request_method": {"values": ["POST"]}},
            ],
            actions=[{"type": "forward", "target_group_arn": self.targets.arn}],
            tags=region.tags(),
            opts=region.options(self),
        )
