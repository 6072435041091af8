"""Alarms."""

from subjects import AWAY, eventually

RULE = 'ALARM("kept-math") OR FALSE'


def alarm(lab, name, **more):
    client = lab.client("cloudwatch", AWAY)
    client.put_metric_alarm(
        AlarmName=name,
        Namespace="drctl",
        MetricName=name,
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        **more,
    )
    return client, lambda: client.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]


def test_an_alarm_goes_through_its_three_states(lab):
    lab.settings(metric_period_seconds=0.5)
    client, state = alarm(lab, "level")
    assert state() == "INSUFFICIENT_DATA"

    def put(value):
        client.put_metric_data(Namespace="drctl", MetricData=[{"MetricName": "level", "Value": value}])
        return state()

    assert eventually(lambda: put(0) == "OK")
    assert eventually(lambda: put(1) == "ALARM")
    assert eventually(lambda: state() == "INSUFFICIENT_DATA")


def test_missing_data_count_as_the_alarm_says(lab):
    _, state = alarm(lab, "breaching", TreatMissingData="breaching")
    assert eventually(lambda: state() == "ALARM")
    _, state = alarm(lab, "not-breaching", TreatMissingData="notBreaching")
    assert eventually(lambda: state() == "OK")


def test_alarms_on_expressions_and_on_alarms_are_kept_as_they_are_and_only_told_when_asked_for(lab):
    client = lab.client("cloudwatch", AWAY)
    metric = {"Namespace": "AWS/RDS", "MetricName": "CPUUtilization"}
    client.put_metric_alarm(
        AlarmName="kept-math",
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
        Metrics=[
            {"Id": "twice", "Expression": "cpu * 2"},
            {
                "Id": "cpu",
                "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Maximum"},
                "ReturnData": False,
            },
        ],
    )
    client.put_composite_alarm(AlarmName="kept-over", AlarmRule=RULE, ActionsEnabled=False)
    found = client.describe_alarms(AlarmNamePrefix="kept-")
    assert [alarm["AlarmName"] for alarm in found["MetricAlarms"]] == ["kept-math"]
    assert found["CompositeAlarms"] == []
    assert found["MetricAlarms"][0]["Metrics"][1]["MetricStat"]["Metric"] == metric
    assert "MetricName" not in found["MetricAlarms"][0]

    both = client.get_paginator("describe_alarms").paginate(
        AlarmNamePrefix="kept-",
        AlarmTypes=["MetricAlarm", "CompositeAlarm"],
        PaginationConfig={"PageSize": 1},
    )
    pages = [[*page["MetricAlarms"], *page["CompositeAlarms"]] for page in both]
    assert [[alarm["AlarmName"] for alarm in page] for page in pages] == [["kept-math"], ["kept-over"]]
    assert pages[1][0]["AlarmRule"] == RULE
    assert pages[1][0]["ActionsEnabled"] is False
