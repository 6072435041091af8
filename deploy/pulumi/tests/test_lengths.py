"""Names that AWS would find too long are refused before anything is made; what is accepted fits."""

import pytest

from harness.recording import ProgramFailed, Registered, record
from harness.systems import SYSTEMS, example, recording

# The longest that the config allows: 12 characters, and Regions of 14.
LONGEST = {"environmentSuffix": "abcdefghijkl"}
REGIONS = {"primaryRegion": "ap-northeast-1", "standbyRegion": "ap-southeast-1"}
# What AWS allows, by type: the provider's documentation. 64 where nothing is said.
LIMITS = {
    "acm/certificate:Certificate": {"domainName": 64},
    "lb/loadBalancer:LoadBalancer": {"name": 32},
    "lb/targetGroup:TargetGroup": {"name": 32},
    "elasticache/replicationGroup:ReplicationGroup": {
        "replicationGroupId": 40,
        "finalSnapshotIdentifier": 255,
    },
    "rds/instance:Instance": {"identifier": 63, "finalSnapshotIdentifier": 255},
    "rds/cluster:Cluster": {"clusterIdentifier": 63, "finalSnapshotIdentifier": 255},
    "rds/globalCluster:GlobalCluster": {"globalClusterIdentifier": 63},
    "s3/bucketV2:BucketV2": {"bucket": 63},
    "cloudwatch/logGroup:LogGroup": {"name": 512},
    "cloudwatch/metricAlarm:MetricAlarm": {"name": 255},
    "cloudwatch/dashboard:Dashboard": {"dashboardName": 255},
    "route53/record:Record": {"name": 255},
    "route53/zone:Zone": {"name": 255},
    "kms/alias:Alias": {"name": 256},
    "rds/parameterGroup:ParameterGroup": {"name": 255},
    "rds/clusterParameterGroup:ClusterParameterGroup": {"name": 255},
    "rds/subnetGroup:SubnetGroup": {"name": 255},
    "elasticache/subnetGroup:SubnetGroup": {"name": 255},
    "sns/topic:Topic": {"name": 256},
    "sqs/queue:Queue": {"name": 80},
    "ec2/securityGroup:SecurityGroup": {"name": 255},
    "dynamodb/table:Table": {"name": 255},
    "kinesis/stream:Stream": {"name": 128},
    "cloudtrail/trail:Trail": {"name": 128},
    "ecs/cluster:Cluster": {"name": 255},
    "ecs/service:Service": {"name": 255},
    "iot/policy:Policy": {"name": 128},
    "iot/topicRule:TopicRule": {"name": 128},
    "iot/domainConfiguration:DomainConfiguration": {"name": 128},
    "apigatewayv2/domainName:DomainName": {"domainName": 512},
    "ssm/parameter:Parameter": {"name": 1011},
}
LINES = {"plant": {"lines": "abcdefghijklmnop"}}


@pytest.mark.parametrize("side", ["home", "away"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_whatever_the_config_takes_fits(system: str, side: str) -> None:
    active = REGIONS["primaryRegion" if side == "home" else "standbyRegion"]
    zone = {"hookZone": "e.co"}
    more = {**LONGEST, **REGIONS, **LINES.get(system, {}), **zone, "activeRegion": active}
    for resource in record(**{**example(system), **more}).aws:
        for prop, longest in limits(resource).items():
            name = str(resource.inputs.get(prop) or "")
            assert len(name) <= longest, f"{resource}: {prop} {name} has {len(name)} of {longest}"


def limits(resource: Registered) -> dict[str, int]:
    """Of its type."""
    return next((found for of, found in LIMITS.items() if resource.type.endswith(of)), {"name": 64})


def test_a_zone_that_makes_the_webhooks_name_too_long_for_a_certificate_is_refused() -> None:
    """In either role: the host moves with a failover."""
    with pytest.raises(ProgramFailed) as refused:
        recording("postgres-dr", hookZone="platform.example-company.com", environmentSuffix="production")
    said = str(refused.value)
    assert "hookZone makes the webhook's name postgres-dr-hooks-ap-southeast-" in said
    assert "a certificate takes 64" in said and "a zone of at most" in said


def test_the_longest_zone_that_is_offered_is_taken() -> None:
    fits = 64 - len("postgres-dr-hooks-ap-southeast-1-dev.")
    zone = f"{'a' * (fits - len('.com'))}.com"
    made = recording("postgres-dr", hookZone=zone)
    (certificate,) = made.of("acm/certificate:Certificate")
    assert len(certificate.inputs["domainName"]) == 64
    with pytest.raises(ProgramFailed, match=f"a zone of at most {fits} is needed"):
        recording("postgres-dr", hookZone=f"a{zone}")


def test_a_suffix_that_is_too_long_is_refused_in_words_too() -> None:
    with pytest.raises(ProgramFailed) as refused:
        recording("postgres-dr", environmentSuffix="a" * 60)
    assert "environmentSuffix is" in str(refused.value) and "SettingsError" in str(refused.value)
