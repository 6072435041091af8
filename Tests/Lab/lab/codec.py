"""Requests to values and values to replies, in each AWS protocol, driven by botocore's service models."""

from __future__ import annotations

import json
import re
import uuid
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from moto.core.model import OperationModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.serialize import SerializationContext, get_serializer_class
from moto.core.utils import get_service_model
from werkzeug.datastructures import MultiDict

from .call import Call
from .errors import AWSError

# Signing name to the name of the model.
MODELS = {"monitoring": "cloudwatch"}
NAMESPACES = {
    "rds": "http://rds.amazonaws.com/doc/2014-10-31/",
    "monitoring": "http://monitoring.amazonaws.com/doc/2010-08-01/",
    "iam": "https://iam.amazonaws.com/doc/2010-05-08/",
    "sns": "http://sns.amazonaws.com/doc/2010-03-31/",
    "sts": "https://sts.amazonaws.com/doc/2011-06-15/",
    "route53": "https://route53.amazonaws.com/doc/2013-04-01/",
}
JSON_TYPE = {
    "monitoring": "application/x-amz-json-1.0",
    "dynamodb": "application/x-amz-json-1.0",
    "sqs": "application/x-amz-json-1.0",
}

Reply = tuple[int, dict[str, str], bytes]


@cache
def routes(service: str) -> list[tuple[str, re.Pattern[str], str]]:
    """Method, path pattern and operation of a REST service, the most specific path first."""
    model = get_service_model(MODELS.get(service, service))
    found = []
    for name in model.operation_names:
        trait = model.operation_model(name).http_trait
        pattern = re.sub(r"\{(\w+)\+?\}", r"(?P<\1>[^/]+)", trait.path.rstrip("/"))
        found.append((trait.method, re.compile(f"^{pattern}/?$"), name))
    return sorted(found, key=lambda row: row[1].pattern.count("(?P"))


def route(call: Call) -> None:
    """Names the operation of a Route 53 call; the credential scope has already named the service."""
    for method, pattern, name in routes(call.service):
        match = pattern.match(call.path)
        if match and method == call.method:
            call.operation = name
            call.url_params = match.groupdict()
            return


def operation_model(call: Call) -> OperationModel | None:
    model = get_service_model(MODELS.get(call.service, call.service))
    if call.operation not in model.operation_names:
        return None
    found: OperationModel = model.operation_model(call.operation)
    return found


def parse(call: Call) -> dict[str, Any]:
    """The parameters as typed values. Raises AWSError for a body that does not parse."""
    model = operation_model(call)
    if model is None:
        raise AWSError("InvalidAction", f"The action {call.operation} is not valid for this endpoint.")
    parser = PROTOCOL_PARSERS[call.protocol](model)
    try:
        parsed = parser.parse(
            {
                "method": call.method,
                "values": MultiDict(call.form),
                "headers": call.headers,
                "body": call.body,
                "url_path": call.path,
                "url_params": call.url_params,
            }
        )
    except Exception as cause:  # whatever the parser dislikes is the client's malformed input
        raise AWSError("MalformedInput", f"the request does not parse: {cause}") from cause
    return {name: value for name, value in parsed.items() if value is not None}


def render(call: Call, result: dict[str, Any]) -> Reply:
    model = operation_model(call)
    assert model is not None
    request_id = str(uuid.uuid4())
    serializer = get_serializer_class(model.service_model.service_name, call.protocol)(
        model, context=SerializationContext(request_id)
    )
    reply = serializer.serialize(result)
    headers = {"Content-Type": "text/xml", **reply["headers"], "x-amzn-RequestId": request_id}
    if call.protocol == "json":
        headers["Content-Type"] = JSON_TYPE.get(call.service, "application/x-amz-json-1.1")
    body = reply["body"]
    return reply["status_code"], headers, body.encode() if isinstance(body, str) else body


def render_error(call: Call, error: AWSError) -> Reply:
    """The error envelope: JSON, EC2's own, or the one that query and REST-XML services share."""
    request_id = str(uuid.uuid4())
    headers = {"x-amzn-RequestId": request_id, "Content-Type": "text/xml"}
    kind = "Sender" if error.status < 500 else "Receiver"
    if call.protocol in ("json", "rest-json"):
        headers["Content-Type"] = JSON_TYPE.get(call.service, "application/x-amz-json-1.1")
        headers["x-amzn-errortype"] = error.code
        if call.service in ("monitoring", "sqs"):
            headers["x-amzn-query-error"] = f"{error.code};{kind}"
        prefix = "com.amazonaws.dynamodb.v20120810#" if call.service == "dynamodb" else ""
        document = {"__type": prefix + error.code, "message": error.message}
        return error.status, headers, json.dumps(document).encode()
    code, message = escape(error.code), escape(error.message)
    if call.protocol == "ec2":
        text = (
            f"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>"
            f"<RequestID>{request_id}</RequestID></Response>"
        )
        return error.status, headers, text.encode()
    if error.bare:
        text = (
            f'<InvalidChangeBatch xmlns="{NAMESPACES["route53"]}"><Messages><Message>{message}</Message>'
            f"</Messages><RequestId>{request_id}</RequestId></InvalidChangeBatch>"
        )
        return error.status, headers, text.encode()
    namespace = NAMESPACES.get(call.service)
    attribute = f' xmlns="{namespace}"' if namespace else ""
    text = (
        f"<ErrorResponse{attribute}><Error><Type>{kind}</Type><Code>{code}</Code>"
        f"<Message>{message}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    )
    return error.status, headers, text.encode()
