"""Simple metric alarms."""

from subjects import AWAY, eventually


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
