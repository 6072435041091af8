"""What an alarm tells its SNS topics when its state changes."""

from __future__ import annotations

import json
from typing import Any

from moto.sns.models import sns_backends

from .catalogue import ACCOUNT
from .cloudwatch.alarms import Alarm
from .cloudwatch.metrics import moment

ACTIONS = {"ALARM": "AlarmActions", "OK": "OKActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}


def send(alarm: Alarm, old: str) -> None:
    if not alarm.spec.get("ActionsEnabled", True):
        return
    for arn in alarm.spec.get(ACTIONS[alarm.state], []):
        if not arn.startswith("arn:aws:sns:"):
            continue
        region = arn.split(":")[3]
        try:
            sns_backends[ACCOUNT][region].publish(
                json.dumps(message(alarm, old)),
                arn=arn,
                subject=f'{alarm.state}: "{alarm.spec["AlarmName"]}"',
            )
        except Exception:  # a topic that is gone is no reason for the world to stop
            continue


def message(alarm: Alarm, old: str) -> dict[str, Any]:
    spec = alarm.spec
    name = spec["AlarmName"]
    return {
        "AlarmName": name,
        "AlarmDescription": spec.get("AlarmDescription"),
        "AWSAccountId": ACCOUNT,
        "NewStateValue": alarm.state,
        "NewStateReason": alarm.reason,
        "OldStateValue": old,
        "StateChangeTime": moment(alarm.updated).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000",
        "Region": alarm.region,
        "AlarmArn": f"arn:aws:cloudwatch:{alarm.region}:{ACCOUNT}:alarm:{name}",
        "Trigger": {
            "MetricName": spec["MetricName"],
            "Namespace": spec["Namespace"],
            "StatisticType": "Statistic",
            "Statistic": spec.get("Statistic", "Average").upper(),
            "Unit": None,
            "Period": spec.get("Period", 60),
            "Dimensions": [{"name": d["Name"], "value": d["Value"]} for d in spec.get("Dimensions", [])],
            "EvaluationPeriods": spec.get("EvaluationPeriods", 1),
            "Threshold": spec["Threshold"],
            "ComparisonOperator": spec["ComparisonOperator"],
            "TreatMissingData": spec.get("TreatMissingData", ""),
        },
    }
