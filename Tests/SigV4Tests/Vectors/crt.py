#!/usr/bin/env python3
"""Writes awscrt.json: what AWS's own signer in C (aws-c-auth, by way of awscrt) signs, for what botocore has
no switch for: every combination of path normalisation and double encoding, a token that joins after signing,
presigned requests with a body and with an unsigned one.

Needs the awscrt that Tests/Benchmarks/requirements.txt pins. The output is deterministic.

    python3 Tests/SigV4Tests/Vectors/crt.py

Left out on purpose: a path or a query that is not spelled canonically: aws-c-auth signs the raw text there.
"""

import datetime
import io
import json
import pathlib
from importlib.metadata import version
from urllib.parse import parse_qsl, urlsplit

from awscrt.auth import (
    AwsCredentialsProvider,
    AwsSignatureType,
    AwsSignedBodyHeaderType,
    AwsSignedBodyValue,
    AwsSigningAlgorithm,
    AwsSigningConfig,
    aws_sign_request,
)
from awscrt.http import HttpHeaders, HttpRequest

HERE = pathlib.Path(__file__).parent
PINNED = next(
    line.strip().removeprefix("awscrt==")
    for line in (HERE.parents[1] / "Benchmarks/requirements.txt").read_text(encoding="utf-8").splitlines()
    if line.startswith("awscrt==")
)
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = "FwoGZXIvYXdzE/with+slash=="
TIME = 1767323045
# fmt: off
PATHS = [
    "/", "/a/b", "/a/b/", "/a//b", "//a", "/a/../b", "/a/./b", "/a/b/..", "/../a", "/a%20b/c", "/%C3%A9/%2F",
    "/arn%3Aaws/~x",
]
QUERIES = [
    "a=1&b=2", "b=2&a=1", "a=", "a=2&a=1", "a=1&a=1", "%20=x", "a=%2B&b=%20", "A=1&a=2", "a-b=1&a=2",
    "name=%C3%A9&x=%F0%9F%94%A5", "a=b%3Dc%26d",
]
HOSTS = [
    "https://h.example", "https://h.example:8443", "http://localhost:8000", "http://[::1]:8000", "https://[2001:db8::a]",
]
# fmt: on


def case(
    name,
    method,
    url,
    *,
    body="",
    headers=(),
    normalize=True,
    double=True,
    token=None,
    expires=None,
    unsigned=False,
    sends_hash=False,
):
    parts = urlsplit(url)
    target = url[url.index(parts.netloc) + len(parts.netloc) :]
    given = [("Host", parts.netloc), *headers]
    request = HttpRequest(method, target, HttpHeaders(given), io.BytesIO(body.encode()) if body else None)
    presigned = expires is not None
    config = AwsSigningConfig(
        algorithm=AwsSigningAlgorithm.V4,
        signature_type=AwsSignatureType.HTTP_REQUEST_QUERY_PARAMS
        if presigned
        else AwsSignatureType.HTTP_REQUEST_HEADERS,
        credentials_provider=AwsCredentialsProvider.new_static(
            "AKIDEXAMPLE", SECRET, TOKEN if token else None
        ),
        region="eu-west-1",
        service="service",
        date=datetime.datetime.fromtimestamp(TIME, datetime.UTC),
        use_double_uri_encode=double,
        should_normalize_uri_path=normalize,
        signed_body_value=AwsSignedBodyValue.UNSIGNED_PAYLOAD if unsigned else None,
        signed_body_header_type=AwsSignedBodyHeaderType.X_AMZ_CONTENT_SHA_256
        if sends_hash or (unsigned and not presigned)
        else AwsSignedBodyHeaderType.NONE,
        expiration_in_seconds=expires,
        omit_session_token=token == "appended",
    )
    aws_sign_request(request, config).result()
    if presigned:
        query = parse_qsl(urlsplit(request.path).query, keep_blank_values=True)
        expected = {"signature": dict(query)["X-Amz-Signature"]}
    else:
        expected = {"authorization": dict(request.headers)["Authorization"]}
    return {
        "name": name,
        "service": "service",
        "region": "eu-west-1",
        "method": method,
        "url": url,
        "headers": [list(h) for h in headers],
        "body": body,
        "payload": "unsigned" if unsigned else "hashed",
        "access_key": "AKIDEXAMPLE",
        "secret_key": SECRET,
        "token": TOKEN if token else None,
        "time": TIME,
        "style": "options",
        "options": {
            "normalize_path": normalize,
            "double_encode_path": double,
            "sends_hash": sends_hash,
            "appends_token": token == "appended",
        },
        "expires": expires,
        "expected": expected,
    }


def cases():
    grid = [(n, d, t, e) for n in (True, False) for d in (True, False) for t in TOKENS for e in (None, 900)]
    for normalize, double, token, expires in grid:
        label = f"normalize {normalize}, double {double}, token {token}, expires {expires}"
        options = dict(normalize=normalize, double=double, token=token, expires=expires)
        for path in PATHS:
            yield case(f"{path}: {label}", "GET", f"https://h.example{path}", **options)
    for token in TOKENS:
        for expires in (None, 60):
            label = f"token {token}, expires {expires}"
            options = dict(token=token, expires=expires)
            for query in QUERIES:
                yield case(f"?{query}: {label}", "GET", f"https://h.example/x?{query}", **options)
            for host in HOSTS:
                yield case(f"{host}: {label}", "PUT", f"{host}/x?a=1", body="{}", **options)
            for method in ("POST", "PATCH", "DELETE", "HEAD"):
                body = "" if method == "HEAD" else "a=1&b=größe"
                yield case(f"{method}: {label}", method, "https://h.example/", body=body, **options)
                yield case(
                    f"{method} unsigned: {label}",
                    method,
                    "https://h.example/",
                    body=body,
                    unsigned=True,
                    **options,
                )
            yield case(
                f"headers: {label}",
                "POST",
                "https://h.example/",
                headers=[("X-B", " 1   2 "), ("x-a", "z"), ("X-A", "a"), ("X-Empty", "")],
                body="{}",
                **options,
            )
        yield case(
            f"hash: token {token}", "POST", "https://h.example/", body="{}", sends_hash=True, token=token
        )


TOKENS = (None, "signed", "appended")


def main():
    if version("awscrt") != PINNED:
        raise SystemExit(f"awscrt {version('awscrt')} is installed, wanted is {PINNED}")
    found = list(cases())
    assert len({c["name"] for c in found}) == len(found), "two cases share a name"
    lines = ",\n".join(json.dumps(c, ensure_ascii=False, sort_keys=True) for c in found)
    (HERE / "awscrt.json").write_text(f'{{"awscrt": "{PINNED}", "cases": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{len(found)} cases")


if __name__ == "__main__":
    main()
