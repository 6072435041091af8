"""What the mocked cloud answers: an identifier, an ARN of the right shape, a text for what is computed."""

import hashlib
import importlib
import json
import re
import uuid
from typing import Any

ACCOUNT = "123456789012"
# The public zone that a stack finds. It is nobody's to make.
EXISTING_ZONE = "Z0123456789ABC"

# The ARN of a type, where its shape matters to a test (policies are held against the shapes that IAM knows).
# {r} the Region, {a} the account, {n} the name.
ARNS = {
    "aws:rds/instance:Instance": "arn:aws:rds:{r}:{a}:db:{n}",
    "aws:rds/cluster:Cluster": "arn:aws:rds:{r}:{a}:cluster:{n}",
    "aws:rds/clusterInstance:ClusterInstance": "arn:aws:rds:{r}:{a}:db:{n}",
    "aws:rds/globalCluster:GlobalCluster": "arn:aws:rds::{a}:global-cluster:{n}",
    "aws:kms/key:Key": "arn:aws:kms:{r}:{a}:key/{h}",
    "aws:kms/replicaKey:ReplicaKey": "arn:aws:kms:{r}:{a}:key/{h}",
    "aws:sns/topic:Topic": "arn:aws:sns:{r}:{a}:{n}",
    "aws:sqs/queue:Queue": "arn:aws:sqs:{r}:{a}:{n}",
    "aws:s3/bucketV2:BucketV2": "arn:aws:s3:::{n}",
    "aws:iam/role:Role": "arn:aws:iam::{a}:role/{n}",
    "aws:iam/policy:Policy": "arn:aws:iam::{a}:policy/{n}",
    "aws:iam/instanceProfile:InstanceProfile": "arn:aws:iam::{a}:instance-profile/{n}",
    "aws:lambda/function:Function": "arn:aws:lambda:{r}:{a}:function:{n}",
    "aws:dynamodb/table:Table": "arn:aws:dynamodb:{r}:{a}:table/{n}",
    "aws:kinesis/stream:Stream": "arn:aws:kinesis:{r}:{a}:stream/{n}",
    "aws:apigatewayv2/api:Api": "arn:aws:apigateway:{r}::/apis/{h}",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "arn:aws:cloudwatch:{r}:{a}:alarm:{n}",
    "aws:cloudwatch/logGroup:LogGroup": "arn:aws:logs:{r}:{a}:log-group:{n}",
    "aws:cloudwatch/eventRule:EventRule": "arn:aws:events:{r}:{a}:rule/{n}",
    "aws:secretsmanager/secret:Secret": "arn:aws:secretsmanager:{r}:{a}:secret:{n}-AbCdEf",
    "aws:lb/loadBalancer:LoadBalancer": "arn:aws:elasticloadbalancing:{r}:{a}:loadbalancer/app/{n}/{h}",
    "aws:lb/targetGroup:TargetGroup": "arn:aws:elasticloadbalancing:{r}:{a}:targetgroup/{n}/{h}",
    "aws:ec2/instance:Instance": "arn:aws:ec2:{r}:{a}:instance/i-{h}",
    "aws:ec2/subnet:Subnet": "arn:aws:ec2:{r}:{a}:subnet/subnet-{h}",
    "aws:ec2/securityGroup:SecurityGroup": "arn:aws:ec2:{r}:{a}:security-group/sg-{h}",
    "aws:ecs/cluster:Cluster": "arn:aws:ecs:{r}:{a}:cluster/{n}",
    "aws:acm/certificate:Certificate": "arn:aws:acm:{r}:{a}:certificate/{h}",
    "aws:ecs/service:Service": "arn:aws:ecs:{r}:{a}:service/{n}/{n}",
    "aws:elasticache/replicationGroup:ReplicationGroup": "arn:aws:elasticache:{r}:{a}:replicationgroup:{n}",
    "aws:backup/vault:Vault": "arn:aws:backup:{r}:{a}:backup-vault:{n}",
}

# What a type calls the name that its ARN ends with, in the order of preference.
NAMED = (
    "identifier",
    "clusterIdentifier",
    "globalClusterIdentifier",
    "bucket",
    "functionName",
    "replicationGroupId",
    "name",
)


def region_of(provider: str) -> str:
    """From the provider's reference: its name holds the Region's code, and nothing else has that shape."""
    found = re.search(r"aws-((?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d)-", provider)
    return found.group(1) if found else "no-region"


def resource(
    typ: str, name: str, inputs: dict[str, Any], provider: str, custom: bool
) -> tuple[str | None, dict[str, Any]]:
    """The identifier and the state of a new resource."""
    state = dict(inputs)
    if not custom or not typ.startswith("aws:"):
        return f"{name}-id", state
    digest = hashlib.sha256(f"{typ} {name}".encode()).hexdigest()[:17]
    own = str(next((inputs[k] for k in NAMED if isinstance(inputs.get(k), str)), name))
    region = region_of(provider)
    shape = ARNS.get(typ, f"arn:aws:{typ.split(':')[1].split('/')[0]}:{{r}}:{{a}}:{{n}}")
    arn = shape.format(r=region, a=ACCOUNT, n=own, h=digest)
    for prop, annotation in computed(typ).items():
        if prop not in state:
            if prop == "arn":
                state[prop] = arn
            elif "Mapping" in annotation or "Sequence" in annotation:
                continue
            elif "str" in annotation:
                state[prop] = f"{name}.{prop}"
            elif "int" in annotation:
                state[prop] = 1
    if typ == "aws:rds/instance:Instance":
        address = f"{own}.c0ffee.{region}.rds.amazonaws.com"
        state |= {"address": address, "endpoint": f"{address}:5432", "port": 5432}
    if typ == "aws:rds/cluster:Cluster":
        state |= {"endpoint": f"{own}.cluster-c0ffee.{region}.rds.amazonaws.com", "port": 5432}
    if typ == "aws:dynamodb/tableReplica:TableReplica":
        state["arn"] = re.sub(r"(arn:aws:dynamodb:)[^:]*", rf"\g<1>{region}", inputs["globalTableArn"])
    if typ == "aws:acm/certificate:Certificate":
        proof = {
            "resourceRecordName": f"_x.{own}",
            "resourceRecordType": "CNAME",
            "resourceRecordValue": "_y",
        }
        state["domainValidationOptions"] = [{"domainName": own, **proof}]
    if typ == "aws:apigatewayv2/domainName:DomainName":
        target = {"targetDomainName": f"d-{digest}.execute-api.{region}.amazonaws.com", "hostedZoneId": "Z1"}
        state["domainNameConfiguration"] = {**inputs["domainNameConfiguration"], **target}
    if typ in ("aws:secretsmanager/secret:Secret", "aws:sns/topic:Topic"):
        return arn, state
    if typ == "aws:route53/zone:Zone":
        state["zoneId"] = f"Z{digest.upper()}"
    ids = {
        "aws:ec2/securityGroup:SecurityGroup": f"sg-{digest}",
        "aws:route53/healthCheck:HealthCheck": str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
    }
    return ids.get(typ, f"{own}-id"), state


def computed(typ: str) -> dict[str, str]:
    """The properties of a type with their annotations as text."""
    from pulumi import _types

    cls = sdk_class(typ)
    return {} if cls is None else {k: str(v) for k, v in _types.resource_types(cls).items()}


def sdk_class(typ: str) -> type | None:
    """The SDK's class of a type's token: `aws:rds/instance:Instance` is pulumi_aws.rds.Instance."""
    module, cls = typ.removeprefix("aws:").partition("/")[0], typ.rsplit(":", 1)[1]
    # The module of AWS Lambda cannot be called `lambda` in Python.
    found = importlib.import_module(f"pulumi_aws.{'lambda_' if module == 'lambda' else module}")
    return getattr(found, cls, None)


def function(token: str, args: dict[str, Any], provider: str) -> dict[str, Any]:
    """Functions that systems call."""
    region = region_of(provider)
    short = token.rsplit(":", 1)[1]
    if short == "getCallerIdentity":
        return {"accountId": ACCOUNT, "arn": f"arn:aws:iam::{ACCOUNT}:root", "userId": "A", "id": ACCOUNT}
    if short == "getPartition":
        return {"partition": "aws", "dnsSuffix": "amazonaws.com", "id": "aws"}
    if short == "getRegion":
        return {"name": region, "id": region, "description": region}
    if short == "getAvailabilityZones":
        zones = [f"{region}{z}" for z in "abc"]
        return {"names": zones, "zoneIds": zones, "groupNames": [region], "id": region}
    if short == "getSecretVersion":
        secret = {"username": "owner", "password": "from-the-existing-entry"}
        return {**args, "secretString": json.dumps(secret), "id": "s", "versionId": "v"}
    if short == "getSecret":
        arn = f"arn:aws:secretsmanager:{region}:{ACCOUNT}:secret:{args['name']}-AbCdEf"
        return {**args, "arn": arn, "id": arn}
    if short == "getParameter":
        return {**args, "value": "ami-0123456789abcdef0", "id": "p", "type": "String"}
    if short == "getEndpoint":
        return {**args, "endpointAddress": f"a1b2c3-ats.iot.{region}.amazonaws.com", "id": "e"}
    if short == "getZone":
        zone = EXISTING_ZONE
        return {**args, "zoneId": zone, "id": zone, "arn": f"arn:aws:route53:::hostedzone/{zone}"}
    raise LookupError(f"the mocks have no answer for {token}: add one to tests/harness/answers.py")
