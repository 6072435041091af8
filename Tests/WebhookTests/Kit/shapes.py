"""What genuine messages look like: CloudWatch's alarms and RDS's events, old and new, straight and through
EventBridge."""

import dataclasses
from typing import Any

ACCOUNT = "123456789012"
REGION = "eu-west-1"


@dataclasses.dataclass
class Shape:
    name: str
    message: Any
    workloads: list[str] = dataclasses.field(default_factory=list)
    expect: str = "accepted"
    envelope: dict[str, Any] = dataclasses.field(default_factory=dict)


def alarm_arn(name, region=REGION):
    return f"arn:aws:cloudwatch:{region}:{ACCOUNT}:alarm:{name}"


def alarm(name, state="ALARM", trigger=None, **more):
    found = {
        "AlarmName": name,
        "AlarmDescription": None,
        "AWSAccountId": ACCOUNT,
        "AlarmConfigurationUpdatedTimestamp": "2026-01-02T03:00:00.000+0000",
        "NewStateValue": state,
        "NewStateReason": "Threshold Crossed: 1 datapoint [330.0 (04/03/26 05:05:00)]",
        "StateChangeTime": "2026-03-04T05:06:05.678+0000",
        "Region": "EU (Ireland)",
        "AlarmArn": alarm_arn(name),
        "OldStateValue": "OK",
        "OKActions": [],
        "AlarmActions": [f"arn:aws:sns:{REGION}:{ACCOUNT}:dr"],
        "InsufficientDataActions": [],
    }
    if trigger:
        found["Trigger"] = trigger
    return found | more


def without(document, *keys):
    return {key: value for key, value in document.items() if key not in keys}


def metric(identifier, key="DBInstanceIdentifier", **more):
    return {
        "MetricName": "ReplicaLag",
        "Namespace": "AWS/RDS",
        "StatisticType": "Statistic",
        "Statistic": "MAXIMUM",
        "Unit": None,
        "Dimensions": [{"value": identifier, "name": key}],
        "Period": 60,
        "EvaluationPeriods": 3,
        "DatapointsToAlarm": 3,
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 330.0,
        "TreatMissingData": "- TreatMissingData:                    missing",
        "EvaluateLowSampleCountPercentile": "",
    } | more


def math(*identifiers):
    found = [
        {
            "Id": f"m{number}",
            "MetricStat": {
                "Metric": {
                    "Dimensions": [{"value": identifier, "name": "DBInstanceIdentifier"}],
                    "MetricName": "ReplicaLag",
                    "Namespace": "AWS/RDS",
                },
                "Period": 60,
                "Stat": "Maximum",
            },
            "ReturnData": False,
        }
        for number, identifier in enumerate(identifiers)
    ]
    return {
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 1.0,
        "Metrics": [{"Id": "e1", "Expression": "MAX(METRICS())", "ReturnData": True}, *found],
    }


def composite(name, *children):
    rows = [
        {"Arn": alarm_arn(child), "State": {"Value": "ALARM", "Timestamp": "2026-03-04T05:06:05.678+0000"}}
        for child in children
    ]
    return without(alarm(name), "AlarmActions") | {
        "AlarmRule": " OR ".join(f'ALARM("{child}")' for child in children),
        "TriggeringChildren": rows,
        "ActionsSuppressedBy": "none",
    }


def event(source, kind, detail, resources, **more):
    return {
        "version": "0",
        "id": "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
        "detail-type": kind,
        "source": source,
        "account": ACCOUNT,
        "time": "2026-03-04T05:06:05Z",
        "region": REGION,
        "resources": resources,
        "detail": detail,
    } | more


def alarm_event(name, identifier=None, state="ALARM"):
    dimensions = {"DBInstanceIdentifier": identifier} if identifier else {}
    stat = {"metric": {"namespace": "AWS/RDS", "name": "ReplicaLag", "dimensions": dimensions}, "period": 60}
    return event(
        "aws.cloudwatch",
        "CloudWatch Alarm State Change",
        {
            "alarmName": name,
            "state": {
                "value": state,
                "reason": "x",
                "reasonData": "{}",
                "timestamp": "2026-03-04T05:06:05.000+0000",
            },
            "previousState": {"value": "OK", "reason": "y", "timestamp": "2026-03-04T05:00:05.000+0000"},
            "configuration": {"metrics": [{"id": "m1", "metricStat": stat, "returnData": True}]},
        },
        [alarm_arn(name)],
    )


def database_arn(identifier, kind="db", region=REGION):
    return f"arn:aws:rds:{region}:{ACCOUNT}:{kind}:{identifier}"


def notice(identifier, kind="db", event_id="RDS-EVENT-0049", **more):
    guide = "http://docs.amazonwebservices.com/AmazonRDS/latest/UserGuide/USER_Events.html"
    return {
        "Event Source": "db-instance" if kind == "db" else "db-cluster",
        "Event Time": "2026-03-04 05:06:05.678",
        "Identifier Link": f"https://console.aws.amazon.com/rds/home?region={REGION}#dbinstance:id={identifier}",
        "Source ID": identifier,
        "Source ARN": database_arn(identifier, kind),
        "Event ID": f"{guide}#{event_id}",
        "Event Message": "Multi-AZ instance failover completed",
    } | more


def database_event(identifier, kind="db", **more):
    detail = {
        "EventCategories": ["failover"],
        "SourceType": "DB_INSTANCE" if kind == "db" else "CLUSTER",
        "SourceArn": database_arn(identifier, kind),
        "Date": "2026-03-04T05:06:05.678Z",
        "Message": "A Multi-AZ failover has completed.",
        "SourceIdentifier": identifier,
        "EventID": "RDS-EVENT-0049",
    } | more
    label = "RDS DB Instance Event" if kind == "db" else "RDS DB Cluster Event"
    return event("aws.rds", label, detail, [database_arn(identifier, kind)])


CHECK = "11111111-2222-3333-4444-555555555555"
SHAPES = [
    Shape("metric alarm", alarm("lag", trigger=metric("shop")), ["shop"]),
    Shape(
        "metric alarm of the standby, elsewhere",
        alarm("lag", trigger=metric("shop-replica"), AlarmArn=alarm_arn("lag", "eu-central-1")),
        ["shop"],
    ),
    Shape(
        "metric alarm without an ARN, as they were",
        without(alarm("lag", trigger=without(metric("shop"), "DatapointsToAlarm")), "AlarmArn"),
        ["shop"],
    ),
    Shape(
        "metric alarm with tags, as they are now",
        alarm("lag", trigger=metric("shop"), AlarmTags={"team": "db"}, AlarmTagsStatus="SUCCESS"),
        ["shop"],
    ),
    Shape("cluster alarm", alarm("lag", trigger=metric("ledger", "DBClusterIdentifier")), ["ledger"]),
    Shape("instance of a cluster", alarm("cpu", trigger=metric("ledger-1")), ["ledger"]),
    Shape("no data", alarm("lag", "INSUFFICIENT_DATA", metric("shop")), ["shop"]),
    Shape("all is well again", alarm("lag", "OK", metric("shop")), [], "ignored"),
    Shape("alarm of another database", alarm("lag", trigger=metric("blog")), [], "ignored"),
    Shape(
        "the same name in another Region",
        alarm("lag", trigger=metric("shop"), AlarmArn=alarm_arn("lag", "sa-east-1")),
        [],
        "ignored",
    ),
    Shape("metric math", alarm("lags", trigger=math("shop", "ledger-1")), ["ledger", "shop"]),
    Shape("composite by its children", composite("all", "orders-lag", "other"), ["orders"]),
    Shape("composite by its name", composite("shop-is-down", "x"), ["shop"]),
    Shape("alarm by its ARN", alarm("orders-cpu"), ["orders"]),
    Shape(
        "health check's alarm",
        alarm("hc", trigger=metric(CHECK, "HealthCheckId"), AlarmArn=alarm_arn("hc", "us-east-1")),
        ["shop"],
    ),
    Shape("EventBridge alarm", alarm_event("lag", "shop"), ["shop"]),
    Shape("EventBridge alarm by its name", alarm_event("shop-is-down"), ["shop"]),
    Shape("EventBridge, all is well again", alarm_event("shop-is-down", "shop", "OK"), [], "ignored"),
    Shape("RDS instance event", notice("shop"), ["shop"]),
    Shape("RDS cluster event", notice("ledger", "cluster", "RDS-EVENT-0071"), ["ledger"]),
    Shape("RDS event without an ARN", without(notice("shop"), "Source ARN"), ["shop"]),
    Shape("RDS event in upper case", notice("SHOP"), ["shop"]),
    Shape("RDS event of another database", notice("blog"), [], "ignored"),
    Shape("EventBridge RDS event", database_event("shop"), ["shop"]),
    Shape("EventBridge RDS cluster event", database_event("ledger", "cluster"), ["ledger"]),
    Shape("EventBridge RDS event with a prefix", database_event("rds:shop"), ["shop"]),
    Shape("EventBridge event of another service", event("aws.ec2", "x", {}, []), [], "ignored"),
    Shape("text", "the pager says hello", ["orders"], envelope={"topic": "orders"}),
    Shape("text nobody stands for", "the pager says hello", [], "ignored"),
    Shape("empty text", "", ["orders"], envelope={"topic": "orders"}),
    Shape(
        "subject", alarm("lag", trigger=metric("shop")), ["shop"], envelope={"subject": 'ALARM: "lag" in EU'}
    ),
    Shape("empty subject", "x", ["orders"], envelope={"topic": "orders", "subject": ""}),
    Shape(
        "ü, 日本, \U0001f986",
        "ü\t日本 \U0001f986\r\n\\",
        ["orders"],
        envelope={"topic": "orders", "subject": "é"},
    ),
    Shape("large", "x" * 262144, ["orders"], envelope={"topic": "orders"}),
    Shape(
        "attributes, which are not signed",
        "x",
        ["orders"],
        envelope={"topic": "orders", "MessageAttributes": {"a": {"Type": "String", "Value": "b"}}},
    ),
    Shape(
        "a name full of tricks",
        alarm(
            'x"\r\n<4>forged line\x1b[31m\u202e\0', trigger=metric("shop"), AlarmArn="arn:aws:cloudwatch:\n"
        ),
        ["shop"],
    ),
    Shape("half an alarm", {"AlarmName": "x"}, [], "ignored"),
    Shape("alarm with a strange state", alarm("lag", "PANIC", metric("shop")), [], "ignored"),
    Shape(
        "alarm with strange dimensions",
        alarm("lag", trigger={"Dimensions": 7, "Metrics": "x"}),
        [],
        "ignored",
    ),
]
