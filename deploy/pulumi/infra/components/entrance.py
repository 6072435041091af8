"""The webhook's way in, and the only one: a load balancer with a certificate, in front of the host."""

import pulumi
import pulumi_aws as aws

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
        # The name tells the Region, so that a new host's name is never the old one's.
        self.domain = f"{region.name('hooks')}.{settings.hook_zone}"
        self.url = f"https://{self.domain}"
        self.group = self._group(settings)
        zone = aws.route53.get_zone_output(
            name=settings.hook_zone,
            private_zone=False,
            opts=pulumi.InvokeOutputOptions(parent=self, provider=region.provider),
        ).zone_id
        certificate = self._certificate(zone)
        balancer = aws.lb.LoadBalancer(
            region.name("hooks"),
            name=region.short("hooks"),
            load_balancer_type="application",
            internal=False,
            security_groups=[self.group.id],
            subnets=[s.id for s in network.public],
            drop_invalid_header_fields=True,
            enable_deletion_protection=region.settings.production,
            tags=region.tags(),
            opts=region.options(self),
        )
        self.targets = self._targets()
        self._listen(balancer, certificate)
        aws.route53.Record(
            region.name("hooks"),
            zone_id=zone,
            name=self.domain,
            type="A",
            aliases=[
                {"name": balancer.dns_name, "zone_id": balancer.zone_id, "evaluate_target_health": False}
            ],
            opts=region.options(self),
        )
        self.register_outputs({"url": self.url})

    def _group(self, settings: OpsSettings) -> aws.ec2.SecurityGroup:
        region = self.region
        group = aws.ec2.SecurityGroup(
            region.name("hooks"),
            name=region.name("hooks"),
            description="load balancer of the webhook",
            vpc_id=self._network.vpc.id,
            tags=region.tags(Name=region.name("hooks")),
            opts=region.options(self),
        )
        for i, source in enumerate(settings.hook_sources):
            aws.vpc.SecurityGroupIngressRule(
                region.name(f"hooks-{i + 1}"),
                security_group_id=group.id,
                description="senders of the webhook",
                cidr_ipv4=source,
                ip_protocol="tcp",
                from_port=443,
                to_port=443,
                tags=region.tags(),
                opts=region.options(self),
            )
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

    def _listen(self, balancer: aws.lb.LoadBalancer, certificate: aws.acm.CertificateValidation) -> None:
        region = self.region
        listener = aws.lb.Listener(
            region.name("hooks"),
            load_balancer_arn=balancer.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
            certificate_arn=certificate.certificate_arn,
            default_actions=[
                {
                    "type": "fixed-response",
                    "fixed_response": {"content_type": "text/plain", "status_code": "404"},
                }
            ],
            tags=region.tags(),
            opts=region.options(self),
        )
        aws.lb.ListenerRule(
            region.name("hooks"),
            listener_arn=listener.arn,
            priority=1,
            conditions=[
                {"path_pattern": {"values": DOORS}},
                {"http_request_method": {"values": ["POST"]}},
            ],
            actions=[{"type": "forward", "target_group_arn": self.targets.arn}],
            tags=region.tags(),
            opts=region.options(self),
        )
