"""Requests signed with an Authorization header."""

import random

from inputs import FORM, HEADERS, HOSTS, PATHS, QUERIES
from oracle import LONG_TOKEN, PLAIN, TIMES, TOKEN, case, encode


def query_services():
    bodies = {
        "rds": [
            "Action=DescribeDBInstances&Version=2014-10-31",
            "Action=PromoteReadReplica&Version=2014-10-31&DBInstanceIdentifier=orders-replica",
            "Action=FailoverGlobalCluster&Version=2014-10-31&TargetDbClusterIdentifier="
            + encode("arn:aws:rds:eu-west-1:111122223333:cluster:orders"),
        ],
        "sns": ["Action=Publish&Version=2010-03-31&Message=" + encode("Failover für „orders“ läuft\n")],
        "sts": [
            "Action=GetCallerIdentity&Version=2011-06-15",
            "Action=AssumeRole&Version=2011-06-15&RoleSessionName=drctl&DurationSeconds=900",
        ],
        "monitoring": ["Action=GetMetricData&Version=2010-08-01&MetricDataQueries.member.1.Id=lag"],
        "ec2": [
            "Action=RevokeSecurityGroupIngress&Version=2016-11-15&GroupId=sg-1",
            "Action=DescribeInstances&Version=2016-11-15&Filter.1.Name=tag%3Arole&Filter.1.Value.1=db+x",
        ],
    }
    for service, texts in bodies.items():
        for number, body in enumerate(texts):
            for region in ("us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1"):
                for label, credentials in (("key", PLAIN), ("token", TOKEN)):
                    suffix = ".cn" if region.startswith("cn-") else ""
                    yield case(
                        f"{service} form {number} {region} {label}",
                        service,
                        region,
                        "POST",
                        f"https://{service}.{region}.amazonaws.com{suffix}/",
                        headers=[("Content-Type", FORM)],
                        body=body,
                        credentials=credentials,
                    )


def json_services():
    targets = [
        (
            "dynamodb",
            "DynamoDB_20120810.UpdateItem",
            "1.0",
            '{"TableName":"lease","Key":{"id":{"S":"ordérs"}}}',
        ),
        ("dynamodb", "DynamoDB_20120810.GetItem", "1.0", '{"TableName":"t"}'),
        ("secretsmanager", "secretsmanager.GetSecretValue", "1.1", '{"SecretId":"db"}'),
        ("monitoring", "GraniteServiceVersion20100801.DescribeAlarms", "1.0", "{}"),
    ]
    for number, (service, target, version, body) in enumerate(targets):
        for credentials in (PLAIN, TOKEN, LONG_TOKEN):
            yield case(
                f"{service} json {number} {credentials[0]}",
                service,
                "us-east-1",
                "POST",
                f"https://{service}.us-east-1.amazonaws.com/",
                headers=[("Content-Type", f"application/x-amz-json-{version}"), ("X-Amz-Target", target)],
                body=body,
                credentials=credentials,
            )


def paths():
    for number, path in enumerate(PATHS):
        yield case(
            f"path {number} {path!r}", "route53", "us-east-1", "GET", f"https://route53.amazonaws.com{path}"
        )
        if path:
            yield case(
                f"path and query {number} {path!r}",
                "route53-recovery-control-config",
                "us-west-2",
                "PUT",
                f"https://r.us-west-2.amazonaws.com{path}?q=1",
                credentials=TOKEN,
                body="{}",
            )


def queries():
    for number, query in enumerate(QUERIES):
        yield case(
            f"query {number} {query}",
            "route53",
            "us-east-1",
            "GET",
            f"https://route53.amazonaws.com/2013-04-01/x?{query}",
            credentials=PLAIN if number % 2 else TOKEN,
        )
    yield case(
        "query directly after the host",
        "sts",
        "us-east-1",
        "GET",
        "https://sts.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
    )


def headers():
    for number, given in enumerate(HEADERS):
        for credentials in (PLAIN, TOKEN):
            yield case(
                f"headers {number} {credentials[0]}",
                "rds",
                "us-east-1",
                "GET",
                "https://rds.us-east-1.amazonaws.com/",
                headers=given,
                credentials=credentials,
            )


def hosts():
    for host in HOSTS:
        for path in ("/", "/a?b=c"):
            yield case(f"host {host}{path}", "dynamodb", "us-east-1", "POST", host + path, body="{}")


def methods_and_times():
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get"):
        yield case(f"method {method}", "route53", "us-east-1", method, "https://route53.amazonaws.com/")
    for time in TIMES:
        yield case(
            f"time {time}", "rds", "eu-central-1", "GET", "https://rds.eu-central-1.amazonaws.com/", time=time
        )


def s3_style():
    keys = [
        "/",
        "/key",
        "/a/b/c",
        "/a//b",
        "/a/../b",
        "/./a",
        "/a%20b",
        "/a%2Bb",
        "/%C3%A9",
        "/key%3Dvalue/x",
        "/a/",
        "/100%25",
        "/a%3Fb",
    ]
    for key in keys:
        for credentials in (PLAIN, TOKEN):
            yield case(
                f"s3 {key} {credentials[0]}",
                "s3",
                "us-west-2",
                "GET",
                f"https://bucket.s3.us-west-2.amazonaws.com{key}",
                style="s3",
                credentials=credentials,
            )
        yield case(
            f"s3 presigned {key}",
            "s3",
            "us-west-2",
            "GET",
            f"https://bucket.s3.us-west-2.amazonaws.com{key}",
            style="s3",
            expires=60,
        )
    put = dict(headers=[("Content-Type", "text/plain")], body="hello", style="s3")
    url = "https://bucket.s3.us-west-2.amazonaws.com/key"
    yield case("s3 put", "s3", "us-west-2", "PUT", url, **put)
    yield case("s3 put part", "s3", "us-west-2", "PUT", url + "?partNumber=1&uploadId=x", **put)
    yield case("s3 put unsigned", "s3", "us-west-2", "PUT", url, unsigned=True, **put)
    yield case(
        "unsigned outside s3",
        "lambda",
        "us-west-2",
        "POST",
        "https://lambda.us-west-2.amazonaws.com/",
        unsigned=True,
        body="{}",
    )


def mixtures():
    """Combinations nobody thought of."""
    dice = random.Random(20260102)
    letters = "abzABZ019-_.~ !*'();:@&=+$,/?#[]%\"<>\\^`{|}éß日🔥"
    segments = ["", ".", "..", "a", "b%20c", "%2F", "x y", "é", "~", "a=b", "+", "..."]

    def word(most):
        return "".join(dice.choice(letters) for _ in range(dice.randint(0, most)))

    for number in range(120):
        path = "/" + "/".join(dice.choice(segments) for _ in range(dice.randint(0, 5)))
        pairs = [f"{encode(word(4))}={encode(word(6))}" for _ in range(dice.randint(0, 5))]
        query = "?" + "&".join(pairs) if pairs else ""
        spaces = [" " * dice.randint(0, 2) for _ in range(3)]
        given = [
            (
                dice.choice(["X-A", "x-a", "X-B", "Accept", "User-Agent"]),
                f"{spaces[0]}{dice.randint(0, 99)}{spaces[1]}v{spaces[2]}",
            )
            for _ in range(dice.randint(0, 4))
        ]
        service = dice.choice(["rds", "sns", "sts", "monitoring", "route53", "dynamodb", "ec2"])
        region = dice.choice(["us-east-1", "eu-west-1", "ap-southeast-2"])
        host = dice.choice(
            [f"https://{service}.{region}.amazonaws.com", "http://localhost:8000", "http://[::1]:4566"]
        )
        yield case(
            f"mixture {number}",
            service,
            region,
            dice.choice(["GET", "POST", "PUT", "DELETE"]),
            host + path + query,
            headers=given,
            body=word(40) if dice.random() < 0.5 else "",
            credentials=dice.choice([PLAIN, TOKEN, LONG_TOKEN]),
            time=dice.choice(TIMES),
        )


GROUPS = [
    query_services,
    json_services,
    paths,
    queries,
    headers,
    hosts,
    methods_and_times,
    s3_style,
    mixtures,
]
