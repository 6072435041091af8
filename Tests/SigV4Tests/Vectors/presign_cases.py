"""Requests signed with query parameters."""

from inputs import FORM, HOSTS, PATHS
from oracle import LONG_TOKEN, PLAIN, TIMES, TOKEN, case, encode


def presigned():
    base = "https://rds.us-east-1.amazonaws.com/"
    copy = (
        "Action=CopyDBSnapshot&Version=2014-10-31&SourceDBSnapshotIdentifier="
        + encode("arn:aws:rds:us-east-1:111122223333:snapshot:s")
        + "&DestinationRegion=us-west-2"
    )
    for query in [
        "",
        copy,
        "b=1&a=2",
        "flag",
        "a=",
        "a=b+c",
        "a=b%2Bc",
        "a=b%20c",
        "a=%2f",
        "a=%41",
        "a=x:y",
        "a=b=c",
        "a?b=c?d",
        "a=1&&b=2",
        "a=%C3%A9",
        "a=é",
        "=v",
        "A=1&a=2",
        "z=~-_.&%21=1",
        "a=%2525",
        "Z=1&X-Amz=1&a",
    ]:
        for credentials in (PLAIN, TOKEN):
            yield case(
                f"presign {query or 'nothing'} {credentials[0]}",
                "rds",
                "us-east-1",
                "GET",
                base + ("?" + query if query else ""),
                credentials=credentials,
                expires=900,
            )
    for method in ("POST", "PUT", "HEAD", "DELETE"):
        for credentials in (PLAIN, LONG_TOKEN):
            yield case(
                f"presign {method} {credentials[0]}",
                "rds",
                "us-east-1",
                method,
                base + "?" + copy,
                credentials=credentials,
                expires=900,
            )
            yield case(
                f"presign {method} s3 {credentials[0]}",
                "s3",
                "us-west-2",
                method,
                "https://bucket.s3.us-west-2.amazonaws.com/a//b/../c%20d?partNumber=1&uploadId=x",
                headers=[("Content-Type", "text/plain")],
                credentials=credentials,
                style="s3",
                expires=900,
            )
    for expires in (1, 60, 3600, 604800):
        yield case(
            f"presign for {expires} seconds",
            "sts",
            "eu-west-1",
            "GET",
            "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15",
            headers=[("x-k8s-aws-id", "cluster")],
            expires=expires,
        )
    for number, given in enumerate(
        [
            [("Content-Type", FORM)],
            [("Content-Type", "application/json")],
            [("X-B", " 1  2 "), ("x-a", "3")],
            [("User-Agent", "drctl")],
            [("Host", "other.example")],
            [("X-A", "1"), ("X-A", "2")],
        ]
    ):
        yield case(
            f"presign headers {number}", "rds", "us-east-1", "GET", base + "?a=b", headers=given, expires=900
        )
    for host in HOSTS:
        if not host.startswith("HTTP"):
            yield case(
                f"presign {host}",
                "rds-db",
                "us-east-1",
                "GET",
                host + "/?Action=connect&DBUser=app",
                credentials=LONG_TOKEN,
                expires=900,
            )
    for number, path in enumerate(PATHS):
        yield case(
            f"presign path {number} {path!r}",
            "rds",
            "us-east-1",
            "GET",
            f"https://rds.us-east-1.amazonaws.com{path}?a=1",
            expires=900,
            time=TIMES[number % len(TIMES)],
        )


GROUPS = [presigned]
