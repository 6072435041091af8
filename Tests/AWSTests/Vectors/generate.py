#!/usr/bin/env python3
"""Writes requests.json, responses.json and endpoints.txt: what botocore sends, reads and
resolves, for the operations and services of this room. Its version is the one that Tests/Lab/requirements.txt pins.

    python3 generate.py

Nothing is sent: a hook takes each request before it leaves and answers it with a document made from the
model.
The same botocore always writes the same bytes.
"""

import base64
import json
import pathlib
from datetime import datetime
from xml.sax.saxutils import escape

import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.endpoint_provider import EndpointProvider
from inputs import CASES
from more_inputs import CASES as MORE_CASES

HERE = pathlib.Path(__file__).resolve().parent
REQUIREMENTS = HERE.parents[1] / "Lab/requirements.txt"
VERSION = next(
    line.removeprefix("botocore==")
    for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    if line.startswith("botocore==")
)
# Where a shape contains itself or nobody looks that deep.
MAX_DEPTH = 8


class Raw:
    """A response body, as botocore wants to read it."""

    def __init__(self, body):
        self.body = body

    def read(self, *_):
        body, self.body = self.body, b""
        return body

    def stream(self, *_, **__):
        yield self.read()


# botocore prefers CBOR for these; their models still list what is spoken here.
SPOKEN = {"cloudwatch": "query", "arc-region-switch": "json"}


def choose_protocols(session):
    loader = session.get_component("data_loader")
    original = loader.load_service_model

    def load(service, kind, *args, **kwargs):
        model = original(service, kind, *args, **kwargs)
        if service in SPOKEN and kind == "service-2":
            model["metadata"]["protocol"] = SPOKEN[service]
            model["metadata"]["protocols"] = [SPOKEN[service]]
        return model

    loader.load_service_model = load


def client(session, service):
    return session.create_client(
        service,
        region_name="eu-west-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        config=Config(retries={"max_attempts": 0}, parameter_validation=True),
    )


def present(shape):
    """The members that an answer has: of a union only one."""
    members = list(shape.members.items())
    return members[:1] if shape.is_tagged_union else members


class Filler:
    """Makes a value for every member of a shape, each one different."""

    def __init__(self):
        self.count = 0

    def scalar(self, shape):
        self.count += 1
        kind = shape.type_name
        if kind in ("integer", "long"):
            return str(self.count)
        if kind in ("double", "float"):
            return f"{self.count}.25"
        if kind == "boolean":
            return "true" if self.count % 2 else "false"
        if kind == "timestamp":
            return f"2026-01-02T03:{self.count // 60 % 60:02}:{self.count % 60:02}.125Z"
        return f"{shape.name} {self.count} <&> é"

    def children(self, shape, name, depth, seen):
        """The XML of one member that is called `name`."""
        kind = shape.type_name
        if kind == "structure":
            return f"<{name}>{self.members(shape, depth, seen)}</{name}>"
        if kind == "list":
            item = shape.member.serialization.get("name", "member")
            items = "".join(self.children(shape.member, item, depth, seen) for _ in range(2))
            return items if shape.serialization.get("flattened") else f"<{name}>{items}</{name}>"
        if kind == "map":
            key = shape.key.serialization.get("name", "key")
            value = shape.value.serialization.get("name", "value")
            entries = "".join(
                f"<entry><{key}>{escape(self.scalar(shape.key))}</{key}>"
                f"<{value}>{escape(self.scalar(shape.value))}</{value}></entry>"
                for _ in range(2)
            )
            return f"<{name}>{entries}</{name}>"
        return f"<{name}>{escape(self.scalar(shape))}</{name}>"

    def members(self, shape, depth, seen):
        if depth > MAX_DEPTH or seen.count(shape.name) > 1:
            return ""
        inside = [*seen, shape.name]
        return "".join(
            # White space as people write it, which must not matter.
            "\n " + self.children(member, member.serialization.get("name", name), depth + 1, inside)
            for name, member in present(shape)
        )


def json_value(filler, shape, depth, seen):
    """A value of that shape, as the JSON protocols write it."""
    kind = shape.type_name
    if kind == "structure":
        if depth > MAX_DEPTH or seen.count(shape.name) > 1:
            return {}
        inside = [*seen, shape.name]
        return {
            member.serialization.get("name", name): json_value(filler, member, depth + 1, inside)
            for name, member in present(shape)
        }
    if kind == "list":
        return [json_value(filler, shape.member, depth + 1, seen) for _ in range(2)]
    if kind == "map":
        return {filler.scalar(shape.key): json_value(filler, shape.value, depth + 1, seen) for _ in range(2)}
    text = filler.scalar(shape)
    if kind in ("integer", "long"):
        return int(text)
    if kind in ("double", "float"):
        return float(text)
    if kind == "boolean":
        return text == "true"
    if kind == "timestamp":
        return 1767323045 + filler.count + 0.125
    if kind == "blob":
        return base64.b64encode(text.encode()).decode()
    return text


def document(service, operation):
    """A good answer with every member that the model knows."""
    filler = Filler()
    output = operation.output_shape
    if service.metadata["protocol"] == "json":
        value = json_value(filler, output, 0, []) if output else {}
        return json.dumps(value, ensure_ascii=False)
    inner = filler.members(output, 0, []) if output else ""
    protocol = service.metadata["protocol"]
    request_id = "11111111-aaaa-bbbb-cccc-222222222222"
    if protocol == "rest-xml":
        return f'<?xml version="1.0"?>\n<{output.name} xmlns="urn:rest-xml">{inner}</{output.name}>'
    if protocol == "ec2":
        head = f'<{operation.name}Response xmlns="urn:ec2"><requestId>{request_id}</requestId>'
        return f"{head}{inner}</{operation.name}Response>"
    result = f"<{operation.name}Result>{inner}</{operation.name}Result>" if output else ""
    return (
        f'<{operation.name}Response xmlns="urn:query">{result}'
        f"<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{operation.name}Response>"
    )


def plain(value):
    """What botocore read, as JSON."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if hasattr(value, "read"):
        return value.read().decode()
    if isinstance(value, datetime):
        return {"unixSeconds": value.timestamp()}
    return value


SERVICES = """rds sns sts cloudwatch route53 dynamodb ec2 secretsmanager ecs autoscaling lambda arc-region-switch
route53-recovery-cluster iam""".split()
# IAM's hosts have other forms in the others, and it is not asked there.
IAM_REGIONS = ("us-east-1", "eu-west-1", "ap-southeast-5", "mx-central-1", "us-gov-west-1", "us-gov-east-1")
# At least one Region of each partition; made-up names of the right form are as good as real ones.
REGIONS = """us-east-1 eu-west-1 ap-southeast-5 mx-central-1 us-gov-west-1 us-gov-east-1 cn-north-1
cn-northwest-1 us-iso-east-1 us-isob-east-1 eu-isoe-west-1 us-isof-south-1 eusc-de-east-1""".split()


def endpoints(session):
    """A line for each service, Region and option: service, Region, fips, dual, URL, signing Region."""
    loader = session.get_component("data_loader")
    partitions = loader.load_data("partitions")
    lines = []
    for service in SERVICES:
        provider = EndpointProvider(loader.load_service_model(service, "endpoint-rule-set-1"), partitions)
        for region in IAM_REGIONS if service == "iam" else REGIONS:
            for fips in (False, True):
                for dual in (False, True):
                    found = provider.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=dual)
                    schemes = found.properties.get("authSchemes", [{}])
                    signing = schemes[0].get("signingRegion", region)
                    options = f"{'fips' if fips else '-'} {'dual' if dual else '-'}"
                    lines.append(f"{service} {region} {options} {found.url} {signing}")
    return lines


def main():
    if botocore.__version__ != VERSION:
        raise SystemExit(f"these vectors are botocore {VERSION}'s, this is {botocore.__version__}")
    session = botocore.session.Session()
    choose_protocols(session)
    requests, responses, read = [], [], set()
    for service_name, operation_name, case, arguments, answer in [*CASES, *MORE_CASES]:
        api = client(session, service_name)
        model = api.meta.service_model
        operation = model.operation_model(operation_name)
        body = answer if answer is not None else document(model, operation)
        taken = {}

        def take(request, **_):
            taken["request"] = request
            headers = {"x-amzn-requestid": "r-1", "content-type": "text/xml"}
            return AWSResponse(request.url, 200, headers, Raw(body.encode()))

        api.meta.events.register("before-send", take)
        names = {v: k for k, v in api.meta.method_to_api_mapping.items()}
        parsed = getattr(api, names[operation_name])(**arguments)
        request = taken["request"]
        wanted = ("content-type", "x-amz-target", "x-amz-invocation-type")
        headers = {
            name.lower(): value.decode() if isinstance(value, bytes) else value
            for name, value in request.headers.items()
            if name.lower() in wanted
        }
        sent = request.body or b""
        requests.append(
            {
                "case": case,
                "operation": operation_name,
                "method": request.method,
                "url": request.url,
                "headers": headers,
                "body": (sent if isinstance(sent, str) else sent.decode()),
            }
        )
        if answer is not None or operation_name not in read:
            # One full answer an operation will do; the inputs of the others are what matters.
            read.add(operation_name)
            responses.append(
                {
                    "case": case,
                    "operation": operation_name,
                    # Whether it has every member that the model knows.
                    "full": answer is None,
                    "body": body,
                    "parsed": plain(parsed),
                }
            )
    (HERE / "endpoints.txt").write_text("\n".join(endpoints(session)) + "\n", encoding="utf-8")
    for name, content in (("requests.json", requests), ("responses.json", responses)):
        text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True)
        (HERE / name).write_text(text + "\n", encoding="utf-8")
        print(f"{name}: {len(content)} cases")


if __name__ == "__main__":
    main()
