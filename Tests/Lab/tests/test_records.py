"""Route 53 records and changes, and what DNS answers."""

import pytest
from botocore.exceptions import ClientError

from subjects import address, code, eventually, host, status


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
    both = [
        {
            "Action": "DELETE",
            "ResourceRecordSet": {
                "Name": f"db.{zone.name}",
                "Type": "CNAME",
                "TTL": 30,
                "ResourceRecords": [{"Value": "a.example.net"}],
            },
        },
        {
            "Action": "CREATE",
            "ResourceRecordSet": {
                "Name": f"db.{zone.name}",
                "Type": "CNAME",
                "TTL": 30,
                "ResourceRecords": [{"Value": "c.example.net"}],
            },
        },
    ]
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
        HostedZoneId=zone.id, StartRecordName=first["NextRecordName"], StartRecordType=first["NextRecordType"]
    )
    assert [row["Name"] for row in rest["ResourceRecordSets"]] == [f"n1.{zone.name}.", f"n2.{zone.name}."]


def test_weighted_records_follow_their_weights_and_their_health(zone):
    check = zone.check(Type="TCP", IPAddress="192.0.2.1", Port=5432)
    zone.upsert("one.example.net", SetIdentifier="one", Weight=1, HealthCheckId=check)
    zone.upsert("two.example.net", SetIdentifier="two", Weight=0)
    eventually(zone.answers)
    assert {zone.answers()[0] for _ in range(10)} == {"one.example.net."}
    zone.lab.order("POST", f"healthchecks/{check}", {"force": "unhealthy"})
    assert eventually(lambda: zone.answers() == ["two.example.net."])


def test_names_that_do_not_exist(zone, lab):
    assert zone.lookup(f"nobody.{zone.name}").header.rcode == 3
    assert zone.lookup("www.example.invalid").header.rcode == 5
    assert zone.lookup(f"nobody.{zone.name}").header.aa == 1


def test_the_global_writer_name_follows_a_failover(zone, aurora):
    name = aurora.describe()["Endpoint"]
    assert zone.answers(name)[-1] == aurora.state(aurora.writer)["endpoint"]["address"]
    aurora.away.failover_global_cluster(
        GlobalClusterIdentifier=aurora.name, TargetDbClusterIdentifier=aurora.reader, AllowDataLoss=True
    )
    assert eventually(lambda: zone.answers(name)[-1] == aurora.state(aurora.reader)["endpoint"]["address"])


def test_test_dns_answer_gives_what_dns_gives(zone):
    zone.upsert("one.example.net")
    eventually(zone.answers)
    found = zone.api.test_dns_answer(HostedZoneId=zone.id, RecordName=f"db.{zone.name}", RecordType="CNAME")
    assert found["RecordData"] == ["one.example.net"]
