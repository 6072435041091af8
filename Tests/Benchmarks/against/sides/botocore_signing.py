"""botocore's signer: FILE SECONDS. It derives the key each time, for it has no cache."""

import datetime
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from . import figures

body, seconds = Path(sys.argv[1]).read_bytes(), float(sys.argv[2])
moment = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
# The clock is fixed, so that all sides can be seen to make the same signature.
for name in ("get_current_datetime", "datetime"):
    if hasattr(botocore.auth, name):
        replacement = (
            (lambda *_, **__: moment)
            if name == "get_current_datetime"
            else SimpleNamespace(datetime=SimpleNamespace(utcnow=lambda: moment))
        )
        setattr(botocore.auth, name, replacement)
signer = botocore.auth.SigV4Auth(
    Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "rds", "eu-west-1"
)


def once() -> AWSRequest:
    request = AWSRequest(
        "POST",
        "https://rds.eu-west-1.amazonaws.com/",
        headers={"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
        data=body,
    )
    signer.add_auth(request)
    return request


print(once().headers["Authorization"].rsplit("=", 1)[1])
figures.repeated(once, seconds, batch=100, clock=time.process_time)
