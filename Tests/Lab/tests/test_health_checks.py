"""Health checks: what flips them, and what DNS then answers."""

import pytest
from botocore.exceptions import ClientError

from subjects import AWAY, HOME, address, code, eventually, host, status, values


def failover_pair(zone, pair, check):
    zone.upsert(host(pair, away=False), SetIdentifier="one", Failover="PRIMARY", HealthCheckId=check)
    zone.upsert(host(pair), SetIdentifier="two", Failover="SECONDARY")
    eventually(lambda: zone.answers() == [host(pair, away=False) + ".", address(pair, away=False)])


def test_failover_records_follow_a_tcp_check_of_the_endpoint(zone, pair):
    port = pair.describe(away=False)["Endpoint"]["Port"]
    check = zone.check(
        Type="TCP", FullyQualifiedDomainName=host(pair, away=False), Port=port, FailureThreshold=3
    )
    failover_pair(zone, pair, check)
    zone.lab.fault("region_down", region=HOME)
    assert eventually(lambda: zone.answers() == [host(pair) + ".", address(pair)])
    seen = zone.api.get_health_check_status(HealthCheckId=check)["HealthCheckObservations"]
    # eu-west-1, the Region that is down, has one of the eight checkers.
    assert len(seen) == 7 and all(row["StatusReport"]["Status"].startswith("Failure:") for row in seen)
    zone.lab.lift()
    assert eventually(lambda: zone.answers()[0] == host(pair, away=False) + ".")


def test_a_check_watches_the_database_it_was_told_to(zone, pair):
    check = zone.check(Type="HTTPS", FullyQualifiedDomainName="probe.example.net", Port=443, ResourcePath="/")
    zone.lab.order("POST", f"healthchecks/{check}", {"watch": {"region": HOME, "identifier": pair.primary}})
    zone.lab.fault("database_down", identifier=pair.primary)
    assert eventually(lambda: not zone.healthy(check))


def test_a_metric_check_follows_the_data_stream_in_the_alarms_region(zone, pair):
    zone.lab.settings(metric_period_seconds=0.5)
    metrics = zone.lab.client("cloudwatch", AWAY)
    name = f"Active-{zone.name}"
    metrics.put_metric_alarm(
        AlarmName=name,
        Namespace="drctl",
        MetricName=name,
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
    )
    check = zone.check(
        Type="CLOUDWATCH_METRIC",
        AlarmIdentifier={"Region": AWAY, "Name": name},
        InsufficientDataHealthStatus="LastKnownStatus",
    )
    failover_pair(zone, pair, check)
    zone.lab.fault("region_down", region="us-east-1")

    def put(value):
        metrics.put_metric_data(Namespace="drctl", MetricData=[{"MetricName": name, "Value": value}])
        return zone.answers()[0]

    assert eventually(lambda: put(0) == host(pair, away=False) + ".")
    assert eventually(lambda: put(1) == host(pair) + ".")
    eventually(
        lambda: (
            metrics.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"] == "INSUFFICIENT_DATA"
        )
    )
    assert zone.answers()[0] == host(pair) + ".", "the last known status stays when data stop"


def test_insufficient_data_count_as_configured(zone):
    metrics = zone.lab.client("cloudwatch", AWAY)
    metrics.put_metric_alarm(
        AlarmName="silent",
        Namespace="drctl",
        MetricName="silent",
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
    )
    made = {
        policy: zone.check(
            Type="CLOUDWATCH_METRIC",
            AlarmIdentifier={"Region": AWAY, "Name": "silent"},
            InsufficientDataHealthStatus=policy,
        )
        for policy in ("Healthy", "Unhealthy")
    }
    assert eventually(lambda: not zone.healthy(made["Unhealthy"]))
    assert zone.healthy(made["Healthy"])


def test_a_check_of_a_missing_alarm_is_refused(zone):
    with pytest.raises(ClientError) as caught:
        zone.check(Type="CLOUDWATCH_METRIC", AlarmIdentifier={"Region": AWAY, "Name": "nobody"})
    assert code(caught) == "InvalidInput"


def share(zone, check):
    return next(row["share"] for row in zone.lab.state()["health_checks"] if row["id"] == check)


def test_eighteen_percent_of_the_checkers_are_enough(zone):
    check = zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432)
    zone.lab.order("POST", f"healthchecks/{check}", {"failing_checkers": 6})
    eventually(lambda: share(zone, check) == 2 / 8)
    seen = zone.api.get_health_check_status(HealthCheckId=check)["HealthCheckObservations"]
    assert sum(row["StatusReport"]["Status"].startswith("Failure:") for row in seen) == 6
    assert zone.healthy(check)
    zone.lab.order("POST", f"healthchecks/{check}", {"failing_checkers": 7})
    assert eventually(lambda: not zone.healthy(check))


def test_inverted_disabled_and_calculated_checks(zone):
    base = zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432)
    sum_of = zone.check(Type="CALCULATED", ChildHealthChecks=[base], HealthThreshold=1)
    zone.lab.order("POST", f"healthchecks/{base}", {"force": "unhealthy"})
    assert eventually(lambda: not zone.healthy(base) and not zone.healthy(sum_of))
    zone.api.update_health_check(HealthCheckId=base, Inverted=True)
    assert eventually(lambda: zone.healthy(base) and zone.healthy(sum_of))
    zone.api.update_health_check(HealthCheckId=base, Disabled=True)
    assert eventually(lambda: not zone.healthy(base)), "disabled is healthy, and inverted turns that around"


def test_an_update_with_an_old_version_is_refused(zone):
    check = zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432)
    assert (
        zone.api.update_health_check(HealthCheckId=check, HealthCheckVersion=1, Port=1)["HealthCheck"][
            "HealthCheckVersion"
        ]
        == 2
    )
    with pytest.raises(ClientError) as caught:
        zone.api.update_health_check(HealthCheckId=check, HealthCheckVersion=1, Port=2)
    assert (code(caught), status(caught)) == ("HealthCheckVersionMismatch", 409)


def test_both_unhealthy_means_primary(zone, pair):
    checks = [zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432) for _ in range(2)]
    zone.upsert("one.example.net", SetIdentifier="one", Failover="PRIMARY", HealthCheckId=checks[0])
    zone.upsert("two.example.net", SetIdentifier="two", Failover="SECONDARY", HealthCheckId=checks[1])
    zone.lab.order("POST", f"healthchecks/{checks[0]}", {"force": "unhealthy"})
    assert eventually(lambda: zone.answers() == ["two.example.net."])
    zone.lab.order("POST", f"healthchecks/{checks[1]}", {"force": "unhealthy"})
    assert eventually(lambda: zone.answers() == ["one.example.net."])


def test_health_check_metrics_are_in_us_east_1_only(zone):
    check = zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432)
    here, there = (zone.lab.client("cloudwatch", region) for region in ("us-east-1", AWAY))
    name = {"HealthCheckId": check}
    assert eventually(lambda: values(here, "AWS/Route53", "HealthCheckStatus", name, stat="Minimum"))[0] == 1
    assert values(there, "AWS/Route53", "HealthCheckStatus", name) == []
    zone.lab.order("POST", f"healthchecks/{check}", {"failing_checkers": 4})
    assert eventually(lambda: values(here, "AWS/Route53", "HealthCheckPercentageHealthy", name)[0] == 50)
