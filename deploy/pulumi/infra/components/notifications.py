"""A Region's topic: alarms speak through it, and so does drctl. People, and drctl's webhook, subscribe."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .keys import Key


class Topic(pulumi.ComponentResource):
    """Encrypted with the Region's key; only this account's alarms and RDS may publish besides those whom
    IAM lets."""

    def __init__(self, region: RegionContext, key: Key, emails: Sequence[str] = ()) -> None:
        super().__init__("drctl:infra:Topic", region.name("notices"), None, pulumi.ResourceOptions())
        self.region = region
        self.name = region.name("notices")
        topic = aws.sns.Topic(
            region.name("notices"),
            name=region.name("notices"),
            kms_master_key_id=key.arn,
            # Version 2 is signed with SHA-256, which drctl's webhook checks.
            signature_version=2,
            tags=region.tags(),
            opts=region.options(self),
        )
        self.arn: pulumi.Output[str] = topic.arn
        aws.sns.TopicPolicy(
            region.name("notices"),
            arn=topic.arn,
            policy=pulumi.Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        _publishers(topic.arn, region.account),
                        iam.tls_alone("sns:Publish", topic.arn),
                    ],
                }
            ),
            opts=region.options(self),
        )
        for i, email in enumerate(emails):
            aws.sns.TopicSubscription(
                region.name(f"notices-email-{i + 1}"),
                topic=topic.arn,
                protocol="email",
                endpoint=email,
                opts=region.options(self),
            )
        self.register_outputs({"arn": topic.arn})

    def tell(self, thing: str, url: pulumi.Input[str], after: Sequence[pulumi.Resource]) -> None:
        """Delivers to an https endpoint as well, whose host is made before: `after`. SNS asks it to confirm a
        few times within a minute and then never again, and a new host takes longer to answer: it asks for
        itself later (host/drctl-refresh). Waiting for that here would make the deployment wait for it."""
        aws.sns.TopicSubscription(
            self.region.name(thing),
            topic=self.arn,
            protocol="https",
            endpoint=url,
            endpoint_auto_confirms=False,
            # The signed envelope is what proves who sent it.
            raw_message_delivery=False,
            opts=self.region.options(self, depends_on=after),
        )


def _publishers(topic: pulumi.Output[str], account: pulumi.Output[str]) -> dict[str, object]:
    services = ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"]
    return {
        "Sid": "OwnServices",
        "Effect": "Allow",
        "Principal": {"Service": services},
        "Action": "sns:Publish",
        "Resource": topic,
        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
    }
