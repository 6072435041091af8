"""Signature checks, off until keys are given: what AWS refuses, the lab refuses too."""

from __future__ import annotations

import datetime
import hmac
from typing import TYPE_CHECKING
from urllib.parse import quote

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from .call import SCOPE, Call
from .errors import AWSError

if TYPE_CHECKING:
    from .world import World

# AWS refuses requests whose time is further off than this.
SKEW_SECONDS = 900.0


def check_signature(world: World, call: Call) -> None:
    """Raises what AWS answers to an unknown key, a wrong signature, or a clock that is off."""
    if not world.keys:
        return
    header = call.headers.get("Authorization", "")
    if not SCOPE.search(header):
        raise AWSError("MissingAuthenticationToken", "Missing Authentication Token", 403)
    secret = world.keys.get(call.access_key)
    if secret is None:
        raise AWSError("InvalidClientTokenId", "The security token included in the request is invalid.", 403)
    stamp = call.headers.get("X-Amz-Date", "")
    check_clock(world, stamp)
    signed = header.split("SignedHeaders=")[1].split(",")[0].strip().split(";")
    given = header.split("Signature=")[1].strip()
    if not hmac.compare_digest(given, signature(call, secret, signed, stamp)):
        raise AWSError(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature "
            "you provided. Check your AWS Secret Access Key.",
            403,
        )


def check_clock(world: World, stamp: str) -> None:
    try:
        sent = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC).timestamp()
    except ValueError as cause:
        raise AWSError("IncompleteSignature", "Date must be in ISO-8601 'basic format'", 403) from cause
    off = world.wall() - sent
    if abs(off) > SKEW_SECONDS:
        word = "expired" if off > 0 else "not yet current"
        raise AWSError("SignatureDoesNotMatch", f"Signature {word}: {stamp} is {abs(off):.0f} s off", 403)


def signature(call: Call, secret: str, signed: list[str], stamp: str) -> str:
    path = quote(call.path, safe="/~-._")
    url = f"http://{call.headers.get('Host', '')}{path}" + (f"?{call.query}" if call.query else "")
    headers = {name: call.headers.get(name, "") for name in signed}
    request = AWSRequest(method=call.method, url=url, data=call.body, headers=headers)
    request.context["timestamp"] = stamp
    signer = SigV4Auth(Credentials(call.access_key, secret), call.service, call.region)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    return str(signer.signature(text, request))
