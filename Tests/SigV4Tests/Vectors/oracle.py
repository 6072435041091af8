"""Asks botocore to sign one request, and keeps the texts that it signed on the way."""

import datetime
import types
from urllib.parse import quote

import botocore
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

PLAIN = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None)
TOKEN = ("ASIAEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "TOKEN/with+slash==")
LONG_TOKEN = ("ASIAOTHER", "short", "FwoGZXIvYXdzE" + "Ab9+/" * 60 + "=")
T0 = 1767323045  # 2026-01-02T03:04:05Z
# Epoch, the two kinds of leap day, ends of years, past 2038 and past 2100 (not a leap year).
TIMES = [T0, 0, 951782400, 1709164800, 1735689599, 1735689600, 2147483648, 4107542400, 4118083199]


class Recorder:
    """Mixed into a botocore signer: keeps the two texts it signs."""

    def canonical_request(self, request):
        self.seen_request = super().canonical_request(request)
        return self.seen_request

    def string_to_sign(self, request, canonical_request):
        self.seen_string = super().string_to_sign(request, canonical_request)
        return self.seen_string


def recording(base):
    return type("Recording" + base.__name__, (Recorder, base), {})


HEADER = recording(botocore.auth.SigV4Auth)
S3_HEADER = recording(botocore.auth.S3SigV4Auth)
QUERY = recording(botocore.auth.SigV4QueryAuth)
S3_QUERY = recording(botocore.auth.S3SigV4QueryAuth)


def case(
    name,
    service,
    region,
    method,
    url,
    *,
    headers=(),
    body="",
    credentials=PLAIN,
    time=T0,
    style="default",
    unsigned=False,
    expires=None,
):
    key, secret, token = credentials
    presigned = expires is not None
    s3 = style == "s3"
    signer_type = {
        (False, False): HEADER,
        (True, False): S3_HEADER,
        (False, True): QUERY,
        (True, True): S3_QUERY,
    }[(s3, presigned)]
    arguments = [Credentials(key, secret, token), service, region]
    signer = signer_type(*arguments, **({"expires": expires} if presigned else {}))
    request = AWSRequest(method=method, url=url, data=body.encode() if not presigned else b"")
    for header_name, value in headers:
        request.headers[header_name] = value  # appends: the mapping is an email.message.Message
    if unsigned and not presigned:
        request.context["payload_signing_enabled"] = False
        request.context["client_config"] = types.SimpleNamespace(s3={"payload_signing_enabled": False})
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=time)
    botocore.auth.get_current_datetime = lambda *_, **__: moment
    signer.add_auth(request)
    expected = {"canonical_request": signer.seen_request, "string_to_sign": signer.seen_string}
    if presigned:
        expected["signed_url"] = request.url
    else:
        expected["authorization"] = request.headers["Authorization"]
        expected["amz_headers"] = {
            n.lower(): v
            for n, v in request.headers.items()
            if n.lower() in ("x-amz-date", "x-amz-security-token", "x-amz-content-sha256")
        }
    return {
        "name": name,
        "service": service,
        "region": region,
        "method": method,
        "url": url,
        "headers": [list(h) for h in headers],
        "body": body,
        "payload": "unsigned" if unsigned or (s3 and presigned) else "hashed",
        "access_key": key,
        "secret_key": secret,
        "token": token,
        "time": time,
        "style": style,
        "expires": expires,
        "expected": expected,
    }


def encode(text):
    return quote(text, safe="-_.~")
