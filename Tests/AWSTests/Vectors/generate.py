#!/usr/bin/env python3
"""Writes requests.json and responses.json: what botocore 1.43.11 sends and reads, for the operations of this room.

    python3 generate.py

Nothing is sent: a hook takes each request before it leaves and answers it with a document made from the model.
The same botocore always writes the same bytes.
"""

import json
import pathlib
from datetime import datetime, timezone
from xml.sax.saxutils import escape

import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from inputs import CASES

VERSION = "1.43.11"
HERE = pathlib.Path(__file__).parent
START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
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


def query_cloudwatch(session):
    """botocore prefers other protocols for CloudWatch; the model still lists query."""
    loader = session.get_component("data_loader")
    original = loader.load_service_model

    def load(service, kind, *args, **kwargs):
        model = original(service, kind, *args, **kwargs)
        if service == "cloudwatch" and kind == "service-2":
            model["metadata"]["protocol"] = "query"
            model["metadata"]["protocols"] = ["query"]
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
        return "".join(
            # White space as people write it, which must not matter.
            "\n " + self.children(member, member.serialization.get("name", name), depth + 1, [*seen, shape.name])
            for name, member in shape.members.items()
        )


def document(service, operation):
    """A good answer with every member that the model knows."""
    filler = Filler()
    output = operation.output_shape
    inner = filler.members(output, 0, []) if output else ""
    protocol = service.metadata["protocol"]
    request_id = "11111111-aaaa-bbbb-cccc-222222222222"
    if protocol == "rest-xml":
        return f'<?xml version="1.0"?>\n<{output.name} xmlns="{service.metadata["xmlNamespace"] if "xmlNamespace" in service.metadata else "urn:x"}">{inner}</{output.name}>'
    if protocol == "ec2":
        return f'<{operation.name}Response xmlns="urn:ec2"><requestId>{request_id}</requestId>{inner}</{operation.name}Response>'
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
    if isinstance(value, datetime):
        return {"unixSeconds": value.timestamp()}
    return value


def main():
    assert botocore.__version__ == VERSION, f"these vectors are botocore {VERSION}'s, not {botocore.__version__}'s"
    session = botocore.session.Session()
    query_cloudwatch(session)
    requests, responses, read = [], [], set()
    for service_name, operation_name, case, arguments, answer in CASES:
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
        method = "".join("_" + c.lower() if c.isupper() else c for c in operation_name)
        names = {v: k for k, v in api.meta.method_to_api_mapping.items()}
        assert operation_name in names, method
        parsed = getattr(api, names[operation_name])(**arguments)
        request = taken["request"]
        wanted = ("content-type", "x-amz-target")
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
            responses.append({"case": case, "operation": operation_name, "body": body, "parsed": plain(parsed)})
    for name, content in (("requests.json", requests), ("responses.json", responses)):
        text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True)
        (HERE / name).write_text(text + "\n", encoding="utf-8")
        print(f"{name}: {len(content)} cases")


if __name__ == "__main__":
    main()
