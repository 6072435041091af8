"""`drctl doctor`: all is well, each thing that is not, and that looking changes nothing."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from staging.api import API
from staging.drctl import Output
from staging.identity import write_identity
from staging.stage import Stage
from staging.stand_in import stand_in
from staging.waiting import wait_until

Item = dict[str, Any]
RESULTS = {"ok", "warn", "fail"}
# What a person waits at most, the program's start included.
MOST_SECONDS = 30.0


def examine(stage: Stage, *arguments: str) -> tuple[int, list[Item]]:
    """Every check must have been made within the time, and the verdict must fit the exit code."""
    began = time.monotonic()
    output = stage.run("doctor", "--json", *arguments)
    assert time.monotonic() - began < MOST_SECONDS
    assert output.code in (0, 1), str(output)
    report = output.json
    assert report["healthy"] == (output.code == 0)
    for check in report["checks"]:
        assert set(check) == {"subject", "name", "result", "detail"}
        assert check["result"] in RESULTS
        assert "\n" not in check["detail"]
    assert report["healthy"] == all(check["result"] != "fail" for check in report["checks"]), str(output)
    return output.code, report["checks"]


def ill(checks: list[Item]) -> str:
    return "\n".join(
        f"{c['result']} {c['subject']} {c['name']}: {c['detail']}" for c in checks if c["result"] != "ok"
    )


def assert_found(checks: list[Item], result: str, name: str, *words: str) -> None:
    found = [c for c in checks if c["result"] == result and c["name"].startswith(name)]
    assert any(all(word in c["detail"] for word in words) for c in found), (
        f"no {result} {name} {words}\n{ill(checks)}"
    )


def settled(stage: Stage, name: str, *arguments: str) -> list[Item]:
    """A new estate needs its first samples; then nothing may fail."""

    def look() -> list[Item] | None:
        code, checks = examine(stage, *arguments)
        return checks if code == 0 else None

    return wait_until(look, f"{name} is healthy", 40, lambda: str(stage.run("doctor", *arguments)))


@pytest.mark.parametrize("kind", ["orders", "payments"])
def test_a_good_estate_is_healthy(stage: Stage, kind: str) -> None:
    name = stage.orders() if kind == "orders" else stage.payments()
    stage.configure()
    checks = settled(stage, name)
    assert {c["subject"] for c in checks} == {"host", name}
    names = {c["name"] for c in checks if c["subject"] == name}
    for expected in (
        "primary",
        "standby",
        "replication",
        "lag",
        "fencing",
        "record",
        "dns",
        "topic",
        "readiness",
        "needs",
        "permissions",
    ):
        assert any(n.startswith(expected) for n in names), f"{expected} is not among {sorted(names)}"
    assert {"credentials", "journal", "service", "resolvers", "clock", "mutations"} <= {
        c["name"] for c in checks if c["subject"] == "host"
    }
    ready = next(c for c in checks if c["name"] == "readiness")
    assert ("promote" if kind == "orders" else "detach") in ready["detail"]
    permitted = next(c for c in checks if c["name"] == "permissions")
    wanted = "rds:PromoteReadReplica" if kind == "orders" else "rds:RemoveFromGlobalCluster"
    assert permitted["result"] == "ok" and wanted in permitted["detail"], permitted
    outside, gone = (c["detail"] for c in checks if c["name"] == "needs")
    primary = stage.estates[name]["primary"]["region"]
    standby = stage.estates[name]["standby"]["region"]
    assert f"outside {primary}: this host" in outside and f"the promotion ({standby})" in outside
    assert f"gone with {primary}: " in gone and "owed, and made when it returns" in gone


def test_looking_changes_nothing(stage: Stage) -> None:
    names = [stage.orders(), stage.payments()]
    stage.configure()
    settled(stage, " and ".join(names))
    assert [call for call in stage.calls() if call["effect"]] == []
    for call in stage.changes():
        assert call["operation"] == "RevokeSecurityGroupIngress", "only EC2 can be asked without doing"
        assert "true" in str(call["parameters"].get("DryRun", "")).lower()
    assert not (stage.folder / "journal.db").exists(), "no journal is made by looking"


def test_the_text_is_aligned_and_says_what_to_do(stage: Stage) -> None:
    name = stage.orders()
    stage.configure()
    settled(stage, name)
    output: Output = stage.run("doctor", name)
    assert output.code == 0
    blocks = output.out.strip().split("\n\n")
    assert [block.splitlines()[0] for block in blocks[:-1]] == ["host", name]
    assert blocks[-1].startswith("healthy: ")
    for block in blocks[:-1]:
        for line in block.splitlines()[1:]:
            assert line.split()[0] in ("ok", "WARN", "FAIL")
    warning = next(line for line in output.out.splitlines() if line.split()[:2] == ["WARN", "service"])
    assert "drctl serve" in warning


def test_one_workload_alone_is_looked_at_when_it_is_named(stage: Stage) -> None:
    first, second = stage.orders(), stage.orders()
    stage.configure()
    _, checks = examine(stage, first)
    assert {c["subject"] for c in checks} == {"host", first}
    unknown = stage.run("doctor", "nobody")
    assert unknown.code == 2
    assert second in unknown.err


def test_a_bad_configuration_is_not_examined(stage: Stage) -> None:
    stage.orders(quorum=9)
    stage.configure()
    assert stage.run("doctor").code == 2
    assert stage.calls() == []


def certificates(folder: Path, *days: float) -> str:
    """A file of authorities that end in so many days."""
    path = folder / "authorities.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority")])
    now = datetime.datetime.now(datetime.UTC)
    made = [
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=4000))
        .not_valid_after(now + datetime.timedelta(days=ends))
        .sign(key, hashes.SHA256())
        for ends in days
    ]
    path.write_bytes(b"".join(one.public_bytes(serialization.Encoding.PEM) for one in made))
    return str(path)


def test_authorities_that_end_are_named_before_they_do(stage: Stage) -> None:
    name = stage.orders()
    chat = {"type": "slack", "url_file": str(stage.folder / "none")}
    stage.config["notifications"] = {"notifiers": {"chat": chat}}
    for days, result, word in (
        ((400, 3000), "ok", "2 certificates"),
        ((20, 3000), "warn", "one of them ends"),
        ((20, -3), "warn", "the last ends at"),
        ((-3, -400), "fail", "every certificate"),
        ((), "fail", "holds no certificate"),
    ):
        chat["ca_bundle"] = certificates(stage.folder, *days)
        stage.configure()
        _, checks = examine(stage, name)
        assert_found(checks, result, "certificates", word, "notifier chat")
    assert_found(checks, "fail", "notifier chat", "cannot be read")
    chat["ca_bundle"] = str(stage.folder / "nothing.pem")
    stage.configure()
    assert_found(examine(stage, name)[1], "fail", "certificates", "cannot be read")


def test_certificates_of_the_listeners_are_named_before_they_end(stage: Stage) -> None:
    name = stage.orders()
    API(stage, tokens=True, tls=True)
    stage.configure()
    for days, result, word in ((400, "ok", "ends at"), (5, "warn", "renew it"), (-0.5, "fail", "ended at")):
        write_identity(stage.folder, days)
        assert_found(examine(stage, name)[1], result, "certificates", "api.certificate_file", word)
    write_identity(stage.folder, 400)
    (stage.folder / "key.pem").write_text("")
    assert_found(examine(stage, name)[1], "fail", "certificates", "api.key_file")

    # As systemd gives them: to the service alone, which shows what it has.
    write_identity(stage.folder, 5)
    stage.config["api"] |= {"certificate_file": "certificate.pem", "key_file": "key.pem"}
    stage.configure()
    assert_found(examine(stage, name)[1], "warn", "certificates", "systemd credential", "when drctl runs")
    stage.drctl.serve(env={"CREDENTIALS_DIRECTORY": str(stage.folder)})
    stage.until_healthy()
    shown = ("certificates", "api.certificate_file: certificate.pem ends at")
    wait_until(
        lambda: any(
            check["name"] == shown[0] and check["result"] == "warn" and shown[1] in check["detail"]
            for check in examine(stage, name)[1]
        ),
        "the service shows it",
        instead=stage.drctl.tail,
    )


Break = Callable[[Stage, str], object]


def wrong_endpoint(stage: Stage, name: str) -> None:
    stage.database(name)["standby"]["endpoint"] = "elsewhere.example.com:5432"


def wrong_port(stage: Stage, name: str) -> None:
    host = stage.estates[name]["primary"]["host"]
    stage.database(name)["primary"]["endpoint"] = f"{host}:5433"


def wrong_identifier(stage: Stage, name: str) -> None:
    stage.database(name)["standby"]["identifier"] = "nothing-of-the-kind"


def open_quarantine(stage: Stage, name: str) -> None:
    primary = stage.estates[name]["primary"]
    stage.lab.client("ec2", primary["region"]).authorize_security_group_ingress(
        GroupId=primary["security_groups"]["quarantine"],
        IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
    )


def no_such_group(stage: Stage, name: str) -> None:
    stage.database(name)["fencing"]["security_groups"] = ["sg-0123456789abcdef0"]


def unfenced(stage: Stage, name: str) -> None:
    stage.database(name)["fencing"] = {"method": "none"}


def change_record(stage: Stage, name: str, value: str = "", ttl: int = 30) -> None:
    estate = stage.estates[name]
    record = {
        "Name": estate["record"]["name"],
        "Type": "CNAME",
        "TTL": ttl,
        "ResourceRecords": [{"Value": value or estate["primary"]["host"]}],
    }
    stage.lab.client("route53", "us-east-1").change_resource_record_sets(
        HostedZoneId=estate["record"]["zone_id"],
        ChangeBatch={"Changes": [{"Action": "UPSERT", "ResourceRecordSet": record}]},
    )


def record_elsewhere(stage: Stage, name: str) -> None:
    change_record(stage, name, "elsewhere.example.com")


def record_on_the_standby(stage: Stage, name: str) -> None:
    change_record(stage, name, stage.estates[name]["standby"]["host"])


def slow_record(stage: Stage, name: str) -> None:
    change_record(stage, name, ttl=300)


def objective(minutes: int, ttl: int) -> Break:
    """How long an outage may last, and a record that clients keep for so long."""

    def spoil(stage: Stage, name: str) -> None:
        stage.config["workloads"][name].setdefault("policy", {})["recovery_time"] = f"{minutes}m"
        change_record(stage, name, ttl=ttl)

    return spoil


def no_such_record(stage: Stage, name: str) -> None:
    stage.config["workloads"][name]["traffic"][0]["name"] = f"nothing.{stage.estates[name]['record']['name']}"


def no_such_zone(stage: Stage, name: str) -> None:
    stage.config["workloads"][name]["traffic"][0]["zone"] = "Z0000000000000000000"


def topics(stage: Stage, name: str) -> list[str]:
    found: list[str] = stage.config["workloads"][name]["notifications"]["topics"]
    return found


def no_such_topic(stage: Stage, name: str) -> None:
    topics(stage, name)[0] += "-nothing"


def deaf_topic(stage: Stage, name: str) -> None:
    made = stage.lab.client("sns", "us-east-1").create_topic(Name=f"{name}-deaf")
    topics(stage, name).append(made["TopicArn"])


def broken_replica(stage: Stage, name: str) -> None:
    standby = stage.estates[name]["standby"]
    stage.lab.fault("replication_broken", identifier=standby["identifier"], region=standby["region"])


def stopped_replication(stage: Stage, name: str) -> None:
    standby = stage.estates[name]["standby"]
    path = f"databases/{standby['region']}/{standby['identifier']}"
    stage.lab.order("POST", path, {"lag": {"kind": "minus_one"}})


def long_lag(stage: Stage, name: str) -> None:
    standby = stage.estates[name]["standby"]
    path = f"databases/{standby['region']}/{standby['identifier']}"
    stage.lab.order("POST", path, {"lag": {"kind": "fixed", "seconds": 500}})


def no_backups(stage: Stage, name: str) -> None:
    standby = stage.estates[name]["standby"]
    stage.lab.client("rds", standby["region"]).modify_db_instance(
        DBInstanceIdentifier=standby["identifier"], BackupRetentionPeriod=0, ApplyImmediately=True
    )


def small_replica(stage: Stage, name: str) -> None:
    standby = stage.estates[name]["standby"]
    stage.lab.client("rds", standby["region"]).modify_db_instance(
        DBInstanceIdentifier=standby["identifier"], DBInstanceClass="db.t3.small", ApplyImmediately=True
    )


def dead_standby(stage: Stage, name: str) -> None:
    standby = stage.estates[name]["standby"]
    stage.lab.fault("database_down", identifier=standby["identifier"], region=standby["region"])


def unhealthy(stage: Stage, name: str) -> None:
    stage.lab.order(
        "POST", f"healthchecks/{stage.estates[name]['health_checks']['primary']}", {"force": "unhealthy"}
    )


def no_such_health_check(stage: Stage, name: str) -> None:
    stage.database(name)["health_check"] = "99999999-9999-9999-9999-999999999999"


def blind_alarm(stage: Stage, name: str) -> None:
    """Two metrics of the primary are watched, and one of them on the standby too."""
    for side, metrics in (
        ("primary", ["DatabaseConnections", "CPUUtilization"]),
        ("standby", ["CPUUtilization"]),
    ):
        where = stage.estates[name][side]
        for metric in metrics:
            stage.lab.client("cloudwatch", where["region"]).put_metric_alarm(
                AlarmName=f"{name}-{side}-{metric}",
                Namespace="AWS/RDS",
                MetricName=metric,
                Dimensions=[{"Name": "DBInstanceIdentifier", "Value": where["identifier"]}],
                Statistic="Maximum",
                Period=60,
                EvaluationPeriods=1,
                Threshold=1.0,
                ComparisonOperator="GreaterThanOrEqualToThreshold",
            )


def blind_alarm_of_an_instance(stage: Stage, name: str) -> None:
    """One of the cluster's instances is watched; its like in the other Region tells nobody."""
    for side in ("primary", "standby"):
        where = stage.estates[name][side]
        stage.lab.client("cloudwatch", where["region"]).put_metric_alarm(
            AlarmName=f"{name}-{side}-memory",
            Namespace="AWS/RDS",
            MetricName="FreeableMemory",
            Dimensions=[{"Name": "DBInstanceIdentifier", "Value": where["instances"][0]}],
            Statistic="Minimum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1.0,
            ComparisonOperator="LessThanThreshold",
            ActionsEnabled=side == "primary",
        )


def watch(stage: Stage, name: str, side: str, alarm: str, metrics: list[str], **more: Any) -> None:
    """An alarm on one side's database: on its metric, or on an expression over several."""
    where = stage.estates[name][side]
    dimensions = [{"Name": "DBInstanceIdentifier", "Value": where["identifier"]}]
    spec: Item = {
        "EvaluationPeriods": 1,
        "Threshold": 1.0,
        "ComparisonOperator": "GreaterThanThreshold",
        **more,
    }
    if len(metrics) == 1:
        spec |= {"Namespace": "AWS/RDS", "MetricName": metrics[0], "Dimensions": dimensions}
        spec |= {"Period": 60, "Statistic": "Maximum"}
    else:
        questions = {f"m{index}": metric for index, metric in enumerate(metrics)}
        spec["Metrics"] = [{"Id": "sum", "Expression": "+".join(questions)}] + [
            {
                "Id": key,
                "ReturnData": False,
                "MetricStat": {
                    "Metric": {"Namespace": "AWS/RDS", "MetricName": metric, "Dimensions": dimensions},
                    "Period": 60,
                    "Stat": "Maximum",
                },
            }
            for key, metric in questions.items()
        ]
    stage.lab.client("cloudwatch", where["region"]).put_metric_alarm(AlarmName=alarm, **spec)


def compose(stage: Stage, name: str, side: str, alarm: str, rule: str, **more: Any) -> None:
    client = stage.lab.client("cloudwatch", stage.estates[name][side]["region"])
    client.put_composite_alarm(AlarmName=alarm, AlarmRule=rule, **more)


def blind_expression(stage: Stage, name: str) -> None:
    watch(stage, name, "primary", "primary-sum", ["ReadIOPS", "WriteIOPS"])
    watch(stage, name, "standby", "standby-reads", ["ReadIOPS"])


def expression_with_its_like(stage: Stage, name: str) -> None:
    blind_expression(stage, name)
    watch(stage, name, "standby", "standby-writes", ["WriteIOPS"])


def blind_composite(stage: Stage, name: str) -> None:
    """Only the composite alarm over it tells, on the second page of a Region's; the standby's has none."""
    for number in range(100):
        watch(stage, name, "primary", f"first {number}", ["ReadIOPS"], ActionsEnabled=False)
    watch(stage, name, "primary", "primary (CPU), high", ["CPUUtilization"], ActionsEnabled=False)
    watch(stage, name, "standby", "standby CPU", ["CPUUtilization"], ActionsEnabled=False)
    region = stage.estates[name]["primary"]["region"]
    arn = f"arn:aws:cloudwatch:{region}:123456789012:alarm:middle: all"
    compose(
        stage, name, "primary", "middle: all", 'ALARM("primary (CPU), high") OR FALSE', ActionsEnabled=False
    )
    compose(stage, name, "primary", "orders-down", f"(NOT (OK({arn}))) AND NOT ALARM(deployment)")


def composite_with_its_like(stage: Stage, name: str) -> None:
    blind_composite(stage, name)
    compose(stage, name, "standby", "standby-down", "AT_LEAST(1, ALARM, (standby CPU))")


def odd_rule(stage: Stage, name: str) -> None:
    watch(stage, name, "primary", "primary-writes", ["WriteIOPS"], ActionsEnabled=False)
    compose(stage, name, "primary", "odd", "MOST(primary-writes)")


def denied(operation: str) -> Break:
    return lambda stage, _: stage.lab.fault("access_denied", operation=operation)


ORDERS: list[tuple[Break, str, str, str, list[str]]] = [
    (wrong_endpoint, "fail", "standby", "elsewhere", ["correct it"]),
    (wrong_port, "fail", "primary", "5433", ["correct it"]),
    (wrong_identifier, "fail", "standby", "nothing-of-the-kind", ["there is no DB instance"]),
    (open_quarantine, "fail", "fencing", "inbound rules", ["remove them"]),
    (no_such_group, "fail", "fencing", "sg-0123456789abcdef0", []),
    (unfenced, "warn", "fencing", "not fenced", ["quarantine"]),
    (record_elsewhere, "fail", "record", "elsewhere.example.com", ["Set it to"]),
    (record_on_the_standby, "fail", "record", "the other side's", []),
    (record_on_the_standby, "fail", "dns", "clients are led elsewhere", []),
    (slow_record, "warn", "record", "300 s", ["60 s"]),
    (objective(15, 300), "ok", "record", "TTL 300 s", []),
    (objective(15, 301), "warn", "record", "recovery_time is 15 min", ["300 s or less"]),
    (objective(15, 3600), "fail", "record", "alone is longer than allowed", ["3600 s"]),
    (no_such_record, "fail", "record", "there is no nothing.", []),
    (no_such_zone, "fail", "record", "no hosted zone", []),
    (no_such_topic, "fail", "topic", "-nothing", ["make it"]),
    (deaf_topic, "warn", "topic us-east-1", "no confirmed subscription", []),
    (broken_replica, "fail", "replication", "not normal", ["30 days"]),
    (stopped_replication, "fail", "lag", "not running", []),
    (long_lag, "fail", "lag", "maximum_data_loss", []),
    (no_backups, "warn", "parity", "first one", []),
    (small_replica, "warn", "parity", "smaller", []),
    (dead_standby, "fail", "probe standby", "does not answer", []),
    (dead_standby, "fail", "readiness", "target", []),
    (unhealthy, "fail", "route53", "unhealthy", ["private"]),
    (no_such_health_check, "fail", "health check", "99999999", []),
    (denied("DescribeDBInstances"), "fail", "primary", "rds:DescribeDBInstances", []),
    (denied("GetMetricData"), "fail", "lag", "GetMetricData", []),
    (denied("DescribeSecurityGroups"), "fail", "fencing", "ec2:DescribeSecurityGroups", []),
    (denied("ListResourceRecordSets"), "fail", "record", "route53:ListResourceRecordSets", []),
    (denied("GetTopicAttributes"), "fail", "topic", "sns:GetTopicAttributes", []),
    (denied("GetHealthCheck"), "fail", "health check", "route53:GetHealthCheck", []),
    (denied("PromoteReadReplica"), "fail", "permissions", "rds:PromoteReadReplica", ["is missing", ":db:"]),
    (denied("ChangeResourceRecordSets"), "fail", "permissions", "hostedzone/", ["no policy allows it"]),
    (
        denied("SimulatePrincipalPolicy"),
        "warn",
        "permissions",
        "not checked",
        ["sns:Publish", "our own role"],
    ),
    (blind_alarm, "warn", "alarms", "primary-DatabaseConnections", ["nobody watches DatabaseConnections of"]),
    (blind_expression, "warn", "alarms", "primary-sum watches", ["nobody watches WriteIOPS of"]),
    (expression_with_its_like, "ok", "alarms", "1 on", ["has their like"]),
    (blind_composite, "warn", "alarms", "primary (CPU), high watches", ["nobody watches CPUUtilization of"]),
    (
        blind_composite,
        "warn",
        "alarms",
        "composite alarm orders-down",
        ["rests on primary (CPU), high", "blind"],
    ),
    (composite_with_its_like, "ok", "alarms", "1 on", ["has their like"]),
    (odd_rule, "warn", "alarms", "the rule of odd", ["not understood"]),
]


def title(case: tuple[Break, str, str, str, list[str]]) -> str:
    return f"{case[0].__name__}-{case[2]}-{case[3]}".replace(" ", "_")


@pytest.mark.parametrize("case", ORDERS, ids=title)
def test_what_is_wrong_with_a_replica_is_named(
    stage: Stage, case: tuple[Break, str, str, str, list[str]]
) -> None:
    assert_named(stage, stage.orders(), case)


def assert_named(stage: Stage, name: str, case: tuple[Break, str, str, str, list[str]]) -> None:
    spoil, result, check, word, more = case
    stage.configure()
    settled(stage, name)
    spoil(stage, name)
    stage.configure()

    def look() -> bool:
        code, checks = examine(stage)
        assert_found(checks, result, check, word, *more)
        assert code == (1 if any(c["result"] == "fail" for c in checks) else 0)
        if result == "warn":
            assert code == 0, f"a warning alone is no failure\n{ill(checks)}"
        return True

    # Metrics, records and modifications take a moment to show.
    end = time.monotonic() + 15
    while True:
        try:
            look()
            return
        except AssertionError:
            if time.monotonic() > end:
                raise


def lever_alarm(stage: Stage, name: str, **changes: Any) -> None:
    """Makes the lever's alarm anew, otherwise."""
    lever = stage.estates[name]["lever"]
    spec: Item = {
        "AlarmName": lever["alarm"],
        "Namespace": lever["namespace"],
        "MetricName": lever["metric"],
        "Dimensions": [{"Name": lever["dimension"], "Value": lever["value"]}],
        "Statistic": "Maximum",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 1.0,
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        **changes,
    }
    stage.lab.client("cloudwatch", lever["region"]).put_metric_alarm(**spec)


def other_metric(stage: Stage, name: str) -> None:
    lever_alarm(stage, name, MetricName="SomethingElse")


def high_threshold(stage: Stage, name: str) -> None:
    lever_alarm(stage, name, Threshold=5.0)


def no_alarm(stage: Stage, name: str) -> None:
    lever = stage.estates[name]["lever"]
    stage.lab.client("cloudwatch", lever["region"]).delete_alarms(AlarmNames=[lever["alarm"]])


def lever_check(stage: Stage, name: str, **changes: Any) -> None:
    stage.lab.client("route53", "us-east-1").update_health_check(
        HealthCheckId=stage.estates[name]["lever"]["health_check_id"], **changes
    )


def unhealthy_without_data(stage: Stage, name: str) -> None:
    lever_check(stage, name, InsufficientDataHealthStatus="Unhealthy")


def healthy_without_data(stage: Stage, name: str) -> None:
    lever_check(stage, name, InsufficientDataHealthStatus="Healthy")


def disabled_lever(stage: Stage, name: str) -> None:
    lever_check(stage, name, Disabled=True)


def alarm_in_the_primary_region(stage: Stage, name: str) -> None:
    home = stage.estates[name]["primary"]["region"]
    alarm = f"{name}-misplaced"
    stage.lab.client("cloudwatch", home).put_metric_alarm(
        AlarmName=alarm,
        Namespace="drctl",
        MetricName="FailoverActive",
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1.0,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
    )
    made = stage.lab.client("route53", "us-east-1").create_health_check(
        CallerReference=alarm,
        HealthCheckConfig={
            "Type": "CLOUDWATCH_METRIC",
            "AlarmIdentifier": {"Region": home, "Name": alarm},
            "InsufficientDataHealthStatus": "LastKnownStatus",
        },
    )
    stage.config["workloads"][name]["traffic"][0]["health_check"] = made["HealthCheck"]["Id"]


def no_secondary(stage: Stage, name: str) -> None:
    estate = stage.estates[name]
    record = {
        "Name": estate["record"]["name"],
        "Type": "CNAME",
        "SetIdentifier": estate["record"]["set_identifiers"]["standby"],
        "Failover": "SECONDARY",
        "TTL": estate["record"]["ttl"],
        "ResourceRecords": [{"Value": estate["standby"]["host"]}],
    }
    stage.lab.client("route53", "us-east-1").change_resource_record_sets(
        HostedZoneId=estate["record"]["zone_id"],
        ChangeBatch={"Changes": [{"Action": "DELETE", "ResourceRecordSet": record}]},
    )


def record_lever(stage: Stage, name: str) -> None:
    record = stage.estates[name]["record"]
    stage.config["workloads"][name]["traffic"] = [
        {
            "lever": "route53-record",
            "database": name,
            "zone": record["zone_id"],
            "name": record["name"],
            "set_identifier": record["set_identifiers"]["primary"],
        }
    ]


def another_secondary(stage: Stage, name: str, **more: str) -> None:
    """Takes the place of the standby; without instances."""
    standby = stage.estates[name]["standby"]
    made = stage.lab.client("rds", standby["region"]).create_db_cluster(
        DBClusterIdentifier=f"{name}-other",
        GlobalClusterIdentifier=stage.estates[name]["global_cluster"],
        **{"Engine": "aurora-postgresql", "EngineVersion": "15.4", **more},
    )["DBCluster"]
    stage.database(name)["standby"] = {
        "identifier": f"{name}-other",
        "endpoint": f"{made['Endpoint']}:{made['Port']}",
    }


def headless(stage: Stage, name: str) -> None:
    another_secondary(stage, name)


def older_version(stage: Stage, name: str) -> None:
    another_secondary(stage, name, EngineVersion="15.2")


def older_version_for_managed_failover(stage: Stage, name: str) -> None:
    older_version(stage, name)
    stage.database(name)["method"] = "managed-failover"


def as_an_instance(stage: Stage, name: str) -> None:
    """The cluster's name, where an instance is expected."""
    database = stage.database(name)
    del database["global_cluster"], database["method"]
    database["type"] = "rds-replica"
    for side in ("primary", "standby"):
        database[side]["identifier"] = stage.estates[name][side]["instances"][0]


def other_global_cluster(stage: Stage, name: str) -> None:
    stage.database(name)["global_cluster"] = "nothing-of-the-kind"


def other_group(stage: Stage, name: str) -> None:
    groups = stage.estates[name]["primary"]["security_groups"]
    stage.database(name)["fencing"]["security_groups"] = [groups["quarantine"]]


PAYMENTS: list[tuple[Break, str, str, str, list[str]]] = [
    (other_metric, "fail", "lever", "SomethingElse", []),
    (high_threshold, "fail", "lever", "past the threshold", []),
    (no_alarm, "fail", "lever", "there is no alarm", []),
    (unhealthy_without_data, "fail", "lever", "LastKnownStatus", ["unhealthy on missing data"]),
    (healthy_without_data, "warn", "lever", "LastKnownStatus", []),
    (disabled_lever, "fail", "lever", "disabled", []),
    (alarm_in_the_primary_region, "fail", "lever", "the primary Region", []),
    (no_secondary, "fail", "record", "failover pair", ["SECONDARY"]),
    (record_lever, "fail", "lever us-east-1", "control plane", ["route53-health-check"]),
    (headless, "fail", "standby", "headless", ["Add one"]),
    (older_version_for_managed_failover, "fail", "parity", "15.4 and 15.2", ["method: detach"]),
    (as_an_instance, "fail", "primary", "use type aurora-global", []),
    (other_global_cluster, "fail", "replication", "nothing-of-the-kind", []),
    (other_group, "fail", "fencing", "would fence nothing", []),
    (broken_replica, "fail", "replication", "pending-resync", []),
    (blind_alarm_of_an_instance, "warn", "alarms", "primary-memory", ["nobody watches FreeableMemory of"]),
    (denied("DescribeGlobalClusters"), "fail", "replication", "rds:DescribeGlobalClusters", []),
    (denied("DescribeAlarms"), "fail", "lever", "cloudwatch:DescribeAlarms", []),
    (denied("ListHostedZonesByName"), "fail", "record", "route53:ListHostedZonesByName", []),
    (denied("RevokeSecurityGroupIngress"), "fail", "fencing", "ec2:RevokeSecurityGroupIngress", []),
]


@pytest.mark.parametrize("case", PAYMENTS, ids=title)
def test_what_is_wrong_with_a_global_database_is_named(
    stage: Stage, case: tuple[Break, str, str, str, list[str]]
) -> None:
    assert_named(stage, stage.payments(), case)


@pytest.mark.parametrize("mode", ["refuse", "blackhole"])
def test_a_dead_region_fails_its_own_checks_and_holds_up_none(stage: Stage, mode: str) -> None:
    name = stage.orders()
    stage.configure()
    settled(stage, name)
    stage.outage(name, mode)
    code, checks = examine(stage)
    assert code == 1
    assert_found(checks, "fail", "primary")
    assert_found(checks, "fail", f"identity {stage.estates[name]['primary']['region']}")
    for alive in ("standby", "record", "dns", "readiness", "identity ap-southeast-1"):
        assert_found(checks, "ok", alive)
    assert not [c for c in checks if c["name"] == "topic ap-southeast-1" and c["result"] == "fail"]


def test_an_isolated_host_is_told_so_in_time(stage: Stage) -> None:
    name = stage.orders()
    stage.configure()
    stage.lab.fault("isolate", mode="blackhole")
    code, checks = examine(stage)
    assert code == 1
    assert_found(checks, "fail", "readiness")
    assert_found(checks, "fail", "resolvers")
    assert_found(checks, "warn", "clock")
    assert {c["subject"] for c in checks} == {"host", name}


IDENTITY = """<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:sts::{account}:user/lab</Arn><UserId>lab</UserId><Account>{account}</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>"""
TOPIC = """<GetTopicAttributesResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><GetTopicAttributesResult><Attributes>
<entry><key>SubscriptionsConfirmed</key><value>2</value></entry>
</Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>"""


def put_in_place(stage: Stage, service: str, url: str) -> None:
    """The stand-in for one service, the lab for all others."""
    others = [name for name in ("rds", "route53", "cloudwatch", "ec2", "sns", "sts") if name != service]
    entries = [{"service": name, "url": stage.lab.url} for name in others]
    stage.config["aws"]["endpoints"] = [*entries, {"service": service, "url": url}]


@pytest.mark.parametrize(
    ("seconds", "result"), [(-600, "fail"), (600, "fail"), (90, "warn"), (10, "warn"), (4, "ok")]
)
def test_a_clock_that_is_off_is_told_by_how_much(stage: Stage, seconds: float, result: str) -> None:
    stage.orders()
    with stand_in(IDENTITY.format(account="123456789012"), seconds) as url:
        put_in_place(stage, "sts", url)
        stage.configure()
        _, checks = examine(stage)
    assert_found(checks, result, "clock", "behind" if seconds > 0 else "ahead of")


@pytest.mark.parametrize(("seconds", "ahead"), [(57, 57), (-57, -57), (1, 0)])
def test_the_service_counts_by_aws_clock_where_its_host_is_wrong(
    stage: Stage, seconds: int, ahead: int
) -> None:
    stage.orders()
    with stand_in(IDENTITY.format(account="123456789012"), seconds) as url:
        put_in_place(stage, "sts", url)
        stage.configure()
        stage.drctl.serve()
        wait_until(stage.history, "the start is on record")
        began = datetime.datetime.fromisoformat(stage.history()[0]["record"]["at"]).timestamp()
    assert abs(began - time.time() - ahead) < 25, "of 57 s"
    assert ("AWS's counts" in stage.drctl.log.read_text()) == (ahead != 0)


def test_a_failover_without_a_service_counts_by_aws_clock_as_well(stage: Stage) -> None:
    name = stage.orders()
    with stand_in(IDENTITY.format(account="123456789012"), 57) as url:
        put_in_place(stage, "sts", url)
        stage.configure()
        assert "AWS's counts" in stage.run("failover", name, "--dry-run").err


def test_a_topic_of_another_account_is_told(stage: Stage) -> None:
    stage.orders()
    with stand_in(IDENTITY.format(account="210987654321")) as url:
        put_in_place(stage, "sts", url)
        stage.configure()
        _, checks = examine(stage)
    assert_found(checks, "warn", "topic", "123456789012", "210987654321")
    assert_found(checks, "ok", "identity", "210987654321")


def test_a_topic_with_subscribers_is_good(stage: Stage) -> None:
    stage.orders()
    with stand_in(TOPIC) as url:
        put_in_place(stage, "sns", url)
        stage.configure()
        _, checks = examine(stage)
    assert_found(checks, "ok", "topic", "2 subscriptions")


def test_a_metric_that_never_had_a_sample_is_missing_and_not_zero(stage: Stage) -> None:
    stage.lab.fault("metrics_missing", region="ap-southeast-1")
    stage.orders()
    stage.configure()
    code, checks = examine(stage)
    assert code == 1
    assert_found(checks, "fail", "lag", "missing")
    assert_found(checks, "fail", "readiness", "lag")


def test_an_old_sample_says_nothing_of_the_lag_now(stage: Stage) -> None:
    fault = stage.lab.fault("metrics_missing", region="ap-southeast-1")
    name = stage.orders()
    standby = stage.estates[name]["standby"]
    stage.lab.order(
        "POST", f"databases/{standby['region']}/{standby['identifier']}", {"lag": {"kind": "missing"}}
    )
    stage.lab.lift(fault)
    stage.lab.order(
        "POST",
        "metrics",
        {
            "region": standby["region"],
            "namespace": "AWS/RDS",
            "metric": "ReplicaLag",
            "dimensions": {"DBInstanceIdentifier": standby["identifier"]},
            "value": 0.5,
            "age_seconds": 120,
        },
    )
    stage.configure()
    code, checks = examine(stage)
    assert code == 1
    assert_found(checks, "fail", "lag", "500 ms", "older than metric_freshness (60 s)")


def test_credentials_that_nothing_renews_are_told_with_their_end(stage: Stage) -> None:
    stage.orders()
    stage.configure()
    _, checks = examine(stage)
    assert_found(checks, "warn", "credentials", "environment", "nothing renews it", "give the host a role")
    end = {"AWS_CREDENTIAL_EXPIRATION": "2999-01-02T03:04:05Z"}
    checks = stage.run("doctor", "--json", env=end).json["checks"]
    assert_found(checks, "warn", "credentials", "good until 2999-01-02T03:04:05", "nothing renews them")


def test_missing_credentials_are_found(stage: Stage) -> None:
    stage.orders()
    stage.configure()
    keys = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    output = stage.run("doctor", "--json", env=dict.fromkeys(keys, ""))
    assert output.code == 1
    assert_found(output.json["checks"], "fail", "credentials", "environment")


def test_the_journal_and_the_service_are_found(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    _, checks = examine(stage)
    assert_found(checks, "ok", "service", "answers")
    assert_found(checks, "ok", "journal", "drctl serve", str(stage.drctl.pid))
    assert_found(checks, "ok", "readiness", "mode observe")
    assert stage.run("hold", name, "--reason", "maintenance").code == 0
    _, checks = examine(stage)
    assert_found(checks, "warn", "readiness", "hold", "maintenance")
    stage.config["controller"]["max_concurrent_failovers"] = 7
    stage.configure()
    _, checks = examine(stage)
    assert_found(checks, "warn", "service", "restart it")
    code, checks = examine(stage, "--socket", str(stage.folder / "nothing.sock"))
    assert code == 1
    assert_found(checks, "fail", "journal", "in use by", "drctl serve")


def test_a_journal_without_its_folder_or_with_a_fault_fails(stage: Stage) -> None:
    stage.orders()
    stage.config["controller"]["journal"] = str(stage.folder / "nowhere" / "journal.db")
    stage.configure()
    _, checks = examine(stage)
    assert_found(checks, "fail", "journal", "nowhere", "create it")
    garbage = stage.folder / "garbage.db"
    garbage.write_text("this is no journal")
    stage.config["controller"]["journal"] = str(garbage)
    stage.configure()
    _, checks = examine(stage)
    assert_found(checks, "fail", "journal", "not a journal")
    assert garbage.read_text() == "this is no journal"


def test_after_a_failover_the_workload_is_exposed_and_the_record_is_right(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    for stop in (False, True):
        if stop:
            stage.drctl.stop()
        code, checks = examine(stage)
        assert code == 1
        assert_found(checks, "fail", "readiness", "exposed", "Build a new replica")
        assert_found(checks, "ok", "record", stage.estates[name]["standby"]["host"])
        assert_found(checks, "ok", "standby", "a writer")
