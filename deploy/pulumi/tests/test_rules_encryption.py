"""Encryption, at rest with keys of our own and of the same Region, and in transit."""

import json
import re

import pytest

from harness.answers import computed
from harness.recording import Registered
from harness.systems import ROLES, recording

every_system = pytest.mark.parametrize(("system", "side"), ROLES)

# What holds data, and the property that names its key. A type that is not here and takes a key fails below.
KEYS = {
    "aws:rds/instance:Instance": "kmsKeyId",
    "aws:rds/cluster:Cluster": "kmsKeyId",
    "aws:ebs/volume:Volume": "kmsKeyId",
    "aws:sns/topic:Topic": "kmsMasterKeyId",
    "aws:sqs/queue:Queue": "kmsMasterKeyId",
    "aws:backup/vault:Vault": "kmsKeyArn",
    "aws:cloudwatch/logGroup:LogGroup": "kmsKeyId",
    "aws:cloudtrail/trail:Trail": "kmsKeyId",
    "aws:lambda/function:Function": "kmsKeyArn",
    "aws:kinesis/stream:Stream": "kmsKeyId",
    "aws:elasticache/replicationGroup:ReplicationGroup": "kmsKeyId",
    "aws:dynamodb/tableReplica:TableReplica": "kmsKeyArn",
    "aws:rds/clusterInstance:ClusterInstance": "performanceInsightsKmsKeyId",
}
# What could take a key and need none: it is given elsewhere, which other rules see to.
GIVEN_ELSEWHERE = {
    "aws:s3/bucketV2:BucketV2": "a resource of its own",
    "aws:s3/bucketObjectv2:BucketObjectv2": "its bucket's default",
    "aws:dynamodb/table:Table": "in a block",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "that of the stream that it reads",
    "aws:lambda/eventSourceMapping:EventSourceMapping": "for filters, which it has none of",
}


@every_system
def test_what_holds_data_is_encrypted_with_a_key_of_its_own_region(system: str, side: str) -> None:
    made = recording(system, side)
    for resource in made.of(*KEYS):
        key = resource.inputs.get(KEYS[resource.type])
        assert key, f"{resource} has no key"
        assert f":{resource.region}:" in key, f"{resource} uses {key}"
    for instance in made.of("aws:ec2/instance:Instance"):
        disk = instance.inputs["rootBlockDevice"]
        assert disk["encrypted"] is True and f":{instance.region}:" in disk["kmsKeyId"]


@every_system
def test_no_type_that_takes_a_key_is_forgotten(system: str, side: str) -> None:
    made = {r.type for r in recording(system, side).aws}
    able = {t for t in made if any(re.search("kms.*key|serverSideEncryption", p, re.I) for p in computed(t))}
    assert able - KEYS.keys() - GIVEN_ELSEWHERE.keys() == set()


@every_system
def test_tables_are_encrypted_with_a_key_of_their_own_region(system: str, side: str) -> None:
    for table in recording(system, side).of("aws:dynamodb/table:Table"):
        given = table.inputs["serverSideEncryption"]
        assert given["enabled"] is True and f":{table.region}:" in given["kmsKeyArn"], table


@every_system
def test_storage_that_has_a_switch_for_encryption_has_it_on(system: str, side: str) -> None:
    for resource in recording(system, side).aws:
        for switch in (
            "storageEncrypted",
            "encrypted",
            "atRestEncryptionEnabled",
            "transitEncryptionEnabled",
        ):
            if switch in resource.inputs:
                assert resource.inputs[switch] is True, f"{resource}: {switch}"
    for database in recording(system, side).of("aws:rds/instance:Instance", "aws:rds/cluster:Cluster"):
        assert database.inputs.get("storageEncrypted") is True, database


@every_system
def test_keys_rotate(system: str, side: str) -> None:
    for key in recording(system, side).of("aws:kms/key:Key"):
        assert key.inputs["enableKeyRotation"] is True, key


@every_system
def test_every_bucket_is_encrypted_closed_versioned_and_tls_only(system: str, side: str) -> None:
    made = recording(system, side)
    for bucket in made.of("s3/bucketV2:BucketV2"):
        about = [r for r in made.aws if r.type.startswith("aws:s3/bucket") and refers(r, bucket)]
        kinds = {r.type.rsplit(":", 1)[1]: r.inputs for r in about}
        rule = kinds["BucketServerSideEncryptionConfigurationV2"]["rules"][0]
        default = rule["applyServerSideEncryptionByDefault"]
        assert default["sseAlgorithm"] == "aws:kms" and f":{bucket.region}:" in default["kmsMasterKeyId"]
        blocks = kinds["BucketPublicAccessBlock"]
        assert all(blocks[k] is True for k in blocks if k != "bucket") and len(blocks) == 5
        assert kinds["BucketVersioningV2"]["versioningConfiguration"]["status"] == "Enabled"
        assert '"aws:SecureTransport": "false"' in kinds["BucketPolicy"]["policy"]


def refers(resource: Registered, bucket: Registered) -> bool:
    """Sub-resources name their bucket by its id, which the mocks make of its name."""
    return bool(resource.inputs.get("bucket") == f"{bucket.inputs['bucket']}-id")


@every_system
def test_databases_and_entrances_speak_tls_alone(system: str, side: str) -> None:
    made = recording(system, side)
    for group in made.of(
        "rds/parameterGroup:ParameterGroup", "rds/clusterParameterGroup:ClusterParameterGroup"
    ):
        assert forces_tls(group), group
    for instance in made.of("rds/instance:Instance"):
        assert instance.inputs.get("parameterGroupName"), instance
        assert instance.inputs["publiclyAccessible"] is False, instance
    for listener in made.of("lb/listener:Listener"):
        inputs = listener.inputs
        redirects = [a["type"] == "redirect" for a in inputs["defaultActions"]]
        assert (inputs["protocol"] == "HTTPS" and "TLS13" in inputs["sslPolicy"]) or all(redirects), listener
    for group in made.of("lb/targetGroup:TargetGroup"):
        assert group.inputs["protocol"] in ("HTTPS", "HTTP"), group


def forces_tls(group: Registered) -> bool:
    given = {p["name"]: p["value"] for p in group.inputs.get("parameters", [])}
    return given.get("rds.force_ssl") == "1"


@every_system
def test_topics_refuse_what_is_not_encrypted(system: str, side: str) -> None:
    made = recording(system, side)
    policies = [json.loads(p.inputs["policy"]) for p in made.of("sns/topicPolicy:TopicPolicy")]
    assert len(policies) == len(made.of("sns/topic:Topic"))
    for policy in policies:
        denied = [s for s in policy["Statement"] if s["Effect"] == "Deny"]
        assert any("aws:SecureTransport" in json.dumps(s) for s in denied)


@every_system
def test_queues_refuse_what_is_not_encrypted(system: str, side: str) -> None:
    made = recording(system, side)
    closed = {
        p.inputs["queueUrl"]: json.loads(p.inputs["policy"]) for p in made.of("sqs/queuePolicy:QueuePolicy")
    }
    queues = made.of("sqs/queue:Queue")
    assert len(queues) == len(closed) == (2 if system == "plant" else 0)
    for policy in closed.values():
        (statement,) = policy["Statement"]
        assert (statement["Effect"], statement["Action"]) == ("Deny", "sqs:*")
        assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


@every_system
def test_the_owners_password_stays_a_secret(system: str, side: str) -> None:
    """It is read from an existing entry, marked as a secret, and goes nowhere else."""
    made = recording(system, side)
    leaks = [(r, k) for r in made.resources for k, v in r.inputs.items() if found(v)]
    for resource, key in leaks:
        assert key in ("password", "masterPassword", "authToken"), f"{resource}.{key} holds the password"
        assert key in resource.secrets, f"{resource}.{key} is not marked"
    assert not found(made.outputs)


def found(value: object) -> bool:
    return "from-the-existing-entry" in json.dumps(value, default=str)
