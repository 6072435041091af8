"""The machine that drctl runs on: in the standby Region, without a public address, a key or a shell to the
world. People come in through Session Manager."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .entrance import HOOK_PORT, Entrance
from .groups import Way, let_in, let_out, security_group
from .keys import Key
from .network import Network
from .ops_files import OpsFiles
from .ops_settings import OpsSettings


def journal_volume(parent: pulumi.Resource, network: Network, key: Key) -> aws.ebs.Volume:
    """drctl's journal is on a volume of its own: a new machine goes on where the old one stopped. A change of
    roles makes one in the other Region and deletes this one: in production the snapshot of its last state is
    what is kept, since Pulumi stops a whole update before it deletes what it protects."""
    region = network.region
    return aws.ebs.Volume(
        region.name("journal"),
        availability_zone=network.private[0].availability_zone,
        size=8,
        type="gp3",
        encrypted=True,
        kms_key_id=key.arn,
        final_snapshot=region.settings.production,
        tags=region.tags(Name=region.name("journal")),
        opts=region.options(parent),
    )


class OpsHost(pulumi.ComponentResource):
    """`may`: what drctl itself may do. `reaches`: the networks whose databases it asks."""

    def __init__(
        self,
        network: Network,
        settings: OpsSettings,
        entrance: Entrance,
        files: OpsFiles,
        journal: aws.ebs.Volume,
        key: Key,
        *,
        may: Sequence[iam.Statement],
        host_may: Sequence[iam.Statement],
        reaches: Sequence[Network],
    ) -> None:
        self.region = network.region
        region = network.region
        super().__init__("drctl:infra:OpsHost", region.name("ops-host"), None)
        self._network = network
        self.group = self._group(entrance, reaches)
        image = aws.ssm.get_parameter_output(
            name=settings.image, opts=pulumi.InvokeOutputOptions(parent=self, provider=region.provider)
        ).value
        self.instance = aws.ec2.Instance(
            region.name("ops-host"),
            ami=image,
            instance_type=settings.instance_type,
            subnet_id=network.private[0].id,
            vpc_security_group_ids=[self.group.id],
            iam_instance_profile=self._profile(may, host_may).name,
            associate_public_ip_address=False,
            metadata_options={
                "http_endpoint": "enabled",
                "http_tokens": "required",
                # Nothing behind a further hop, such as a container, gets the host's credentials.
                "http_put_response_hop_limit": 1,
            },
            root_block_device={
                "encrypted": True,
                "kms_key_id": key.arn,
                "volume_type": "gp3",
                "volume_size": 20,
                "delete_on_termination": True,
                "tags": region.tags(Name=region.name("ops-host")),
            },
            user_data=files.bucket.name.apply(lambda bucket: first_start(bucket, region.code)),
            disable_api_termination=region.settings.production,
            tags=region.tags(Name=region.name("ops-host")),
            # A newer image is no reason to replace the host: apt keeps it up to date.
            opts=region.options(
                self, depends_on=[*files.all, network.outbound], ignore_changes=["ami", "userData"]
            ),
        )
        aws.ec2.VolumeAttachment(
            region.name("journal"),
            device_name="/dev/sdf",
            volume_id=journal.id,
            instance_id=self.instance.id,
            stop_instance_before_detaching=True,
            opts=region.options(self),
        )
        aws.lb.TargetGroupAttachment(
            region.name("hooks"),
            target_group_arn=entrance.targets.arn,
            target_id=self.instance.id,
            port=HOOK_PORT,
            opts=region.options(self),
        )
        self.register_outputs({"instance": self.instance.id})

    def _profile(
        self, may: Sequence[iam.Statement], host_may: Sequence[iam.Statement]
    ) -> aws.iam.InstanceProfile:
        region = self.region
        role = iam.role(
            region,
            "ops-host",
            "ec2.amazonaws.com",
            {"controller": may, "host": host_may, "sessions": session_manager(region)},
            self,
        )
        return aws.iam.InstanceProfile(
            region.name("ops-host"),
            name=region.name("ops-host"),
            role=role.name,
            tags=region.tags(),
            opts=region.options(self),
        )

    def _group(self, entrance: Entrance, reaches: Sequence[Network]) -> aws.ec2.SecurityGroup:
        region = self.region
        said = "host of drctl: in from the load balancer, out to AWS and the databases"
        group = security_group(self, self._network, "ops-host", said)
        said = "the webhook, from the load balancer"
        let_in(self, region, group, Way("ops-host-hooks", said, HOOK_PORT, group=entrance.group.id))
        let_out(self, region, entrance.group, Way("hooks-host", "the host", HOOK_PORT, group=group.id))
        # AWS's interfaces have no fixed addresses; 80 is Debian's mirrors, whose packages are signed.
        out = [("https", "0.0.0.0/0", 443), ("http", "0.0.0.0/0", 80)]
        out += [(f"database-{i + 1}", n.cidr, 5432) for i, n in enumerate(reaches)]
        for thing, cidr, port in out:
            let_out(self, region, group, Way(f"ops-host-{thing}", thing, port, cidr))
        return group


def session_manager(region: RegionContext) -> list[iam.Statement]:
    """What the agent needs for Session Manager alone. AWS's own policy for it also reads every parameter of
    the account, and takes commands to run. Its channels have no ARN."""
    instances = pulumi.Output.format("arn:aws:ec2:{0}:{1}:instance/*", region.code, region.account)
    kinds = [f"{verb}{kind}Channel" for verb in ("Create", "Open") for kind in ("Control", "Data")]
    return [
        iam.Statement("BeSeen", ["ssm:UpdateInstanceInformation"], [instances]),
        iam.Statement("HoldSessions", [f"ssmmessages:{kind}" for kind in kinds], ["*"]),
    ]


def first_start(bucket: str, region: str) -> str:
    """Fetches the set-up and runs it. All else is in there, so that this never has to change."""
    return f"""#!/bin/bash
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends awscli ca-certificates curl openssl python3
aws s3 cp --only-show-errors --recursive --region {region} s3://{bucket}/host/ /opt/drctl-host/
exec bash /opt/drctl-host/install.sh
"""
