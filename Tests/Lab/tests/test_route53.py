"""Route 53: records, changes, health checks, and what DNS answers."""

import itertools

import pytest
from botocore.exceptions import ClientError
from conftest import AWAY, HOME, code, eventually, status
from dnslib import DNSRecord

numbers = itertools.count(1)


class Zone:
    def __init__(self, lab):
        self.lab, self.api = lab, lab.client("route53", "us-east-1")
        self.name = f"z{next(numbers)}.example.org"
        made = self.api.create_hosted_zone(Name=self.name, CallerReference=self.name)
        self.id = made["HostedZone"]["Id"].split("/")[-1]

    def change(self, action, **record):
        record = {"Name": f"db.{self.name}", "Type": "CNAME", "TTL": 30, **record}
        return self.api.change_resource_record_sets(
            HostedZoneId=self.id, ChangeBatch={"Changes": [{"Action": action, "ResourceRecordSet": record}]}
        )["ChangeInfo"]

    def upsert(self, target, **more):
        return self.change("UPSERT", ResourceRecords=[{"Value": target}], **more)

    def lookup(self, name=None, kind="A"):
        host, port = self.lab.dns.split(":")
        query = DNSRecord.question(name or f"db.{self.name}", kind)
        return DNSRecord.parse(query.send(host, int(port), timeout=2))

    def answers(self, name=None, kind="A"):
        return [str(row.rdata) for row in self.lookup(name, kind).rr]

    def check(self, **config):
        made = self.api.create_health_check(CallerReference=f"{self.name}-{next(numbers)}", HealthCheckConfig=config)
        return made["HealthCheck"]["Id"]

    def healthy(self, check):
        return next(row["healthy"] for row in self.lab.state()["health_checks"] if row["id"] == check)


@pytest.fixture
def zone(lab):
    return Zone(lab)


def host(pair, away=True):
    return pair.describe(away)["Endpoint"]["Address"]


def address(pair, away=True):
    return pair.state(away)["endpoint"]["address"]


def test_a_change_is_pending_until_dns_answers_it(zone, pair):
    info = zone.upsert(host(pair, away=False))
    assert info["Status"] == "PENDING"
    assert zone.answers() == []
    listed = zone.api.list_resource_record_sets(HostedZoneId=zone.id)["ResourceRecordSets"]
    assert f"db.{zone.name}." in [row["Name"] for row in listed], "the API shows pending values at once"
    assert eventually(lambda: zone.api.get_change(Id=info["Id"])["ChangeInfo"]["Status"] == "INSYNC")
    assert zone.answers() == [host(pair, away=False) + ".", address(pair, away=False)]
    assert zone.lookup().rr[0].ttl == 30


def test_dns_answers_while_the_control_plane_is_gone(zone, pair):
    zone.upsert(host(pair))
    eventually(zone.answers)
    zone.lab.fault("region_down", region="us-east-1", mode="503")
    with pytest.raises(ClientError) as caught:
        zone.upsert(host(pair, away=False))
    assert status(caught) == 503
    assert zone.answers() == [host(pair) + ".", address(pair)]


def test_an_unknown_change_zone_or_check_is_a_404(zone):
    for call, wanted in (
        (lambda: zone.api.get_change(Id="C123"), "NoSuchChange"),
        (lambda: zone.api.get_hosted_zone(Id="Z123"), "NoSuchHostedZone"),
        (lambda: zone.api.get_health_check(HealthCheckId="nope"), "NoSuchHealthCheck"),
    ):
        with pytest.raises(ClientError) as caught:
            call()
        assert (code(caught), status(caught)) == (wanted, 404)


def test_a_bad_batch_changes_nothing(zone):
    zone.upsert("a.example.net")
    bad = [
        lambda: zone.change("CREATE", ResourceRecords=[{"Value": "b.example.net"}]),
        lambda: zone.change("DELETE", ResourceRecords=[{"Value": "other.example.net"}]),
        lambda: zone.upsert("b.example.net", Name="db.elsewhere.example.com"),
        lambda: zone.upsert("b.example.net", Name=f"x.{zone.name}", SetIdentifier="a", Failover="PRIMARY"),
    ]
    for call in bad:
        with pytest.raises(ClientError) as caught:
            call()
        assert (code(caught), status(caught)) == ("InvalidChangeBatch", 400)
    both = [{"Action": "DELETE", "ResourceRecordSet": {"Name": f"db.{zone.name}", "Type": "CNAME", "TTL": 30,
                                                       "ResourceRecords": [{"Value": "a.example.net"}]}},
            {"Action": "CREATE", "ResourceRecordSet": {"Name": f"db.{zone.name}", "Type": "CNAME", "TTL": 30,
                                                       "ResourceRecords": [{"Value": "c.example.net"}]}}]
    zone.api.change_resource_record_sets(HostedZoneId=zone.id, ChangeBatch={"Changes": both})
    listed = zone.api.list_resource_record_sets(HostedZoneId=zone.id, StartRecordName=f"db.{zone.name}")
    assert listed["ResourceRecordSets"][0]["ResourceRecords"] == [{"Value": "c.example.net"}]


def test_a_bad_batch_can_come_without_the_usual_envelope(zone):
    zone.lab.settings(bare_change_batch_errors=True)
    with pytest.raises(ClientError) as caught:
        zone.change("DELETE", ResourceRecords=[{"Value": "other.example.net"}])
    assert caught.value.response["Messages"]["Message"].startswith("Tried to delete")


def test_records_come_in_pages(zone):
    for index in range(3):
        zone.upsert("a.example.net", Name=f"n{index}.{zone.name}")
    first = zone.api.list_resource_record_sets(HostedZoneId=zone.id, MaxItems="3")
    assert first["IsTruncated"] and first["NextRecordName"] == f"n1.{zone.name}."
    rest = zone.api.list_resource_record_sets(
        HostedZoneId=zone.id, StartRecordName=first["NextRecordName"], StartRecordType=first["NextRecordType"])
    assert [row["Name"] for row in rest["ResourceRecordSets"]] == [f"n1.{zone.name}.", f"n2.{zone.name}."]


def failover_pair(zone, pair, check):
    zone.upsert(host(pair, away=False), SetIdentifier="one", Failover="PRIMARY", HealthCheckId=check)
    zone.upsert(host(pair), SetIdentifier="two", Failover="SECONDARY")
    eventually(lambda: zone.answers() == [host(pair, away=False) + ".", address(pair, away=False)])


def test_failover_records_follow_a_tcp_check_of_the_endpoint(zone, pair):
    port = pair.describe(away=False)["Endpoint"]["Port"]
    check = zone.check(Type="TCP", FullyQualifiedDomainName=host(pair, away=False), Port=port, FailureThreshold=3)
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
        AlarmName=name, Namespace="drctl", MetricName=name, Statistic="Maximum", Period=60, EvaluationPeriods=1,
        Threshold=1, ComparisonOperator="GreaterThanOrEqualToThreshold")
    check = zone.check(Type="CLOUDWATCH_METRIC", AlarmIdentifier={"Region": AWAY, "Name": name},
                       InsufficientDataHealthStatus="LastKnownStatus")
    failover_pair(zone, pair, check)
    zone.lab.fault("region_down", region="us-east-1")

    def put(value):
        metrics.put_metric_data(Namespace="drctl", MetricData=[{"MetricName": name, "Value": value}])
        return zone.answers()[0]

    assert eventually(lambda: put(0) == host(pair, away=False) + ".")
    assert eventually(lambda: put(1) == host(pair) + ".")
    eventually(lambda: metrics.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]
               == "INSUFFICIENT_DATA")
    assert zone.answers()[0] == host(pair) + ".", "the last known status stays when data stop"


def test_insufficient_data_count_as_configured(zone):
    metrics = zone.lab.client("cloudwatch", AWAY)
    metrics.put_metric_alarm(
        AlarmName="silent", Namespace="drctl", MetricName="silent", Statistic="Maximum", Period=60,
        EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanOrEqualToThreshold")
    made = {policy: zone.check(Type="CLOUDWATCH_METRIC", AlarmIdentifier={"Region": AWAY, "Name": "silent"},
                               InsufficientDataHealthStatus=policy) for policy in ("Healthy", "Unhealthy")}
    assert eventually(lambda: not zone.healthy(made["Unhealthy"]))
    assert zone.healthy(made["Healthy"])


def test_a_check_of_a_missing_alarm_is_refused(zone):
    with pytest.raises(ClientError) as caught:
        zone.check(Type="CLOUDWATCH_METRIC", AlarmIdentifier={"Region": AWAY, "Name": "nobody"})
    assert code(caught) == "InvalidInput"


def test_eighteen_percent_of_the_checkers_are_enough(zone):
    check = zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432)
    zone.lab.order("POST", f"healthchecks/{check}", {"failing_checkers": 6})
    eventually(lambda: sum(row["StatusReport"]["Status"].startswith("Failure:") for row in
                           zone.api.get_health_check_status(HealthCheckId=check)["HealthCheckObservations"]) == 6)
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
    assert zone.api.update_health_check(HealthCheckId=check, HealthCheckVersion=1, Port=1)["HealthCheck"][
        "HealthCheckVersion"] == 2
    with pytest.raises(ClientError) as caught:
        zone.api.update_health_check(HealthCheckId=check, HealthCheckVersion=1, Port=2)
    assert (code(caught), status(caught)) == ("HealthCheckVersionMismatch", 409)


def test_weighted_records_follow_their_weights_and_their_health(zone):
    check = zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432)
    zone.upsert("one.example.net", SetIdentifier="one", Weight=1, HealthCheckId=check)
    zone.upsert("two.example.net", SetIdentifier="two", Weight=0)
    eventually(zone.answers)
    assert {zone.answers()[0] for _ in range(10)} == {"one.example.net."}
    zone.lab.order("POST", f"healthchecks/{check}", {"force": "unhealthy"})
    assert eventually(lambda: zone.answers() == ["two.example.net."])


def test_both_unhealthy_means_primary(zone, pair):
    checks = [zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432) for _ in range(2)]
    zone.upsert("one.example.net", SetIdentifier="one", Failover="PRIMARY", HealthCheckId=checks[0])
    zone.upsert("two.example.net", SetIdentifier="two", Failover="SECONDARY", HealthCheckId=checks[1])
    zone.lab.order("POST", f"healthchecks/{checks[0]}", {"force": "unhealthy"})
    assert eventually(lambda: zone.answers() == ["two.example.net."])
    zone.lab.order("POST", f"healthchecks/{checks[1]}", {"force": "unhealthy"})
    assert eventually(lambda: zone.answers() == ["one.example.net."])


def test_names_that_do_not_exist(zone, lab):
    assert zone.lookup(f"nobody.{zone.name}").header.rcode == 3
    assert zone.lookup("www.example.invalid").header.rcode == 5
    assert zone.lookup(f"nobody.{zone.name}").header.aa == 1


def test_health_check_metrics_are_in_us_east_1_only(zone):
    from test_metrics import values

    check = zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432)
    here, there = (zone.lab.client("cloudwatch", region) for region in ("us-east-1", AWAY))
    name = {"HealthCheckId": check}
    assert eventually(lambda: values(here, "AWS/Route53", "HealthCheckStatus", name, stat="Minimum"))[0] == 1
    assert values(there, "AWS/Route53", "HealthCheckStatus", name) == []
    zone.lab.order("POST", f"healthchecks/{check}", {"failing_checkers": 4})
    assert eventually(lambda: values(here, "AWS/Route53", "HealthCheckPercentageHealthy", name)[0] == 50)


def test_the_global_writer_name_follows_a_failover(zone, aurora):
    name = aurora.describe()["Endpoint"]
    assert zone.answers(name)[-1] == aurora.state(aurora.writer)["endpoint"]["address"]
    aurora.away.failover_global_cluster(
        GlobalClusterIdentifier=aurora.name, TargetDbClusterIdentifier=aurora.reader, AllowDataLoss=True)
    assert eventually(lambda: zone.answers(name)[-1] == aurora.state(aurora.reader)["endpoint"]["address"])


def test_test_dns_answer_gives_what_dns_gives(zone):
    zone.upsert("one.example.net")
    eventually(zone.answers)
    found = zone.api.test_dns_answer(HostedZoneId=zone.id, RecordName=f"db.{zone.name}", RecordType="CNAME")
    assert found["RecordData"] == ["one.example.net"]
