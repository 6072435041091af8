"""AWS's own signer in C (aws-c-auth), by its Python binding: FILE SECONDS. It derives the key each time."""

import datetime
import io
import sys
import time
from pathlib import Path

from awscrt.auth import (
    AwsCredentialsProvider,
    AwsSignatureType,
    AwsSignedBodyHeaderType,
    AwsSigningAlgorithm,
    AwsSigningConfig,
    aws_sign_request,
)
from awscrt.http import HttpHeaders, HttpRequest

from . import figures

body, seconds = Path(sys.argv[1]).read_bytes(), float(sys.argv[2])
config = AwsSigningConfig(
    algorithm=AwsSigningAlgorithm.V4,
    signature_type=AwsSignatureType.HTTP_REQUEST_HEADERS,
    credentials_provider=AwsCredentialsProvider.new_static(
        "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    ),
    region="eu-west-1",
    service="rds",
    date=datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC),
    signed_body_header_type=AwsSignedBodyHeaderType.NONE,
)


def once() -> HttpRequest:
    headers = HttpHeaders(
        [
            ("Host", "rds.eu-west-1.amazonaws.com"),
            ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        ]
    )
    request = HttpRequest("POST", "/", headers, io.BytesIO(body))
    aws_sign_request(request, config).result()
    return request


print(dict(once().headers)["Authorization"].rsplit("=", 1)[1])
figures.repeated(once, seconds, batch=100, clock=time.process_time)
