"""The database endpoints: who accepts, who refuses, who is silent."""

import socket
import ssl
import struct

import pytest

from subjects import HOME, eventually

SSL_REQUEST = struct.pack("!II", 8, 80877103)
REBOOT = "RebootDBInstance"


def address(row):
    return row["endpoint"]["address"], row["endpoint"]["port"]


def probe(row, wait=0.4):
    """What a probe finds: the answer to an SSLRequest, or refused, dropped (no connection), silent."""
    try:
        connection = socket.create_connection(address(row), timeout=wait)
    except ConnectionRefusedError:
        return "refused"
    except TimeoutError:
        return "dropped"
    with connection:
        try:
            connection.sendall(SSL_REQUEST)
            return connection.recv(1).decode() or "closed"
        except TimeoutError:
            return "silent"
        except ConnectionResetError:
            return "closed"


def test_endpoints_have_real_names_and_an_address_each(pair):
    shown = pair.describe()["Endpoint"]
    assert shown["Address"].startswith(f"{pair.replica}.")
    assert shown["Address"].endswith(".eu-central-1.rds.amazonaws.com")
    home, away = pair.state(away=False), pair.state()
    assert address(home)[0] != address(away)[0]
    assert address(home)[1] == address(away)[1] == shown["Port"]


def test_a_live_database_answers_the_ssl_request_as_told(pair):
    assert probe(pair.state()) == "S"
    pair.lab.settings(ssl_answer="N")
    assert probe(pair.state()) == "N"


def test_tls_follows_the_yes_and_a_login_is_refused_in_postgres_words(pair):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(address(pair.state()), timeout=2) as connection:
        connection.sendall(SSL_REQUEST)
        assert connection.recv(1) == b"S"
        with context.wrap_socket(connection) as stream:
            start = struct.pack("!I", 196608) + b"user\0app\0\0"
            stream.sendall(struct.pack("!I", len(start) + 4) + start)
            answer = stream.recv(1000)
    assert answer[:1] == b"E" and b"C28000\0" in answer


@pytest.mark.parametrize("mode, seen", [("refuse", "refused"), ("blackhole", "silent"), ("drop", "dropped")])
def test_a_dead_region_takes_its_databases_along(pair, mode, seen):
    row = pair.state(away=False)
    fault = pair.lab.fault("region_down", region=HOME, mode=mode)
    assert probe(row) == seen
    assert probe(pair.state()) == "S"
    pair.lab.lift(fault)
    assert eventually(lambda: probe(row) == "S")


def test_a_dead_database_cuts_its_connections_while_its_api_lives(pair):
    row = pair.state(away=False)
    with socket.create_connection(address(row), timeout=2) as connection:
        connection.sendall(SSL_REQUEST)
        connection.recv(1)
        pair.lab.fault("database_down", identifier=pair.primary, region=HOME)
        with pytest.raises(ConnectionResetError):
            assert connection.recv(1) == b""
            raise ConnectionResetError
    assert probe(row) == "refused"
    assert pair.describe(away=False)["DBInstanceStatus"] == "available"


def test_a_dead_api_leaves_database_and_replication_alive(pair):
    pair.lab.fault("api_down", region=HOME, service="rds", mode="503")
    with pytest.raises(Exception, match=r"503|ServiceUnavailable"):
        pair.describe(away=False)
    assert probe(pair.state(away=False)) == "S"
    assert pair.describe()["StatusInfos"][0]["Normal"]


def test_an_empty_security_group_fences_new_connections(pair):
    ec2 = pair.lab.client("ec2", HOME)
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    group = ec2.create_security_group(GroupName=f"q-{pair.primary}", Description="q", VpcId=vpc)["GroupId"]
    row = pair.state(away=False)
    old = socket.create_connection(address(row), timeout=2)
    reply = pair.home.modify_db_instance(
        DBInstanceIdentifier=pair.primary, VpcSecurityGroupIds=[group], ApplyImmediately=True
    )["DBInstance"]
    assert reply["DBInstanceStatus"] == "modifying"
    assert {"VpcSecurityGroupId": group, "Status": "adding"} in reply["VpcSecurityGroups"]
    assert probe(row) == "S"
    eventually(lambda: probe(row) == "dropped")
    assert pair.describe(away=False)["VpcSecurityGroups"] == [
        {"VpcSecurityGroupId": group, "Status": "active"}
    ]
    assert pair.state(away=False)["fenced"] is True
    old.sendall(SSL_REQUEST)
    assert old.recv(1) == b"S", "established connections survive the change of groups"
    pair.home.reboot_db_instance(DBInstanceIdentifier=pair.primary)
    with pytest.raises(ConnectionResetError):
        assert old.recv(1) == b""
        raise ConnectionResetError
    old.close()
    eventually(lambda: pair.describe(away=False)["DBInstanceStatus"] == "available")
    assert probe(row) == "dropped"


def test_revoking_the_last_rule_fences_at_once_and_a_new_rule_opens_again(pair):
    ec2 = pair.lab.client("ec2", HOME)
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    group = ec2.create_security_group(GroupName=f"a-{pair.primary}", Description="a", VpcId=vpc)["GroupId"]
    rule = [{"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule)
    pair.home.modify_db_instance(DBInstanceIdentifier=pair.primary, VpcSecurityGroupIds=[group])
    eventually(lambda: pair.describe(away=False)["DBInstanceStatus"] == "available")
    assert probe(pair.state(away=False)) == "S"
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=rule)
    assert eventually(lambda: probe(pair.state(away=False)) == "dropped")
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule)
    assert eventually(lambda: probe(pair.state(away=False)) == "S")


def test_only_the_writer_endpoint_of_a_global_database_accepts(aurora):
    assert probe(aurora.state(aurora.writer)) == "S"
    assert probe(aurora.state(aurora.reader)) == "refused"
    aurora.away.remove_from_global_cluster(
        GlobalClusterIdentifier=aurora.name, DbClusterIdentifier=aurora.reader
    )
    assert eventually(lambda: probe(aurora.state(aurora.reader)) == "S")
    assert probe(aurora.state(aurora.writer)) == "S", "nobody told the old writer"


def test_a_cluster_is_fenced_by_its_own_groups(aurora):
    ec2 = aurora.lab.client("ec2", HOME)
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    group = ec2.create_security_group(GroupName=f"q-{aurora.name}", Description="q", VpcId=vpc)["GroupId"]
    name = aurora.writer.split(":")[-1]
    aurora.home.modify_db_cluster(
        DBClusterIdentifier=name, VpcSecurityGroupIds=[group], ApplyImmediately=True
    )
    assert eventually(lambda: probe(aurora.state(aurora.writer)) == "dropped")


def test_an_isolated_controller_reaches_nothing(pair):
    fault = pair.lab.fault("isolate")
    with pytest.raises(Exception, match="onnection"):
        pair.describe()
    assert {probe(pair.state()), probe(pair.state(away=False))} == {"refused"}
    assert pair.state()["connected"], "the world outside goes on"
    pair.lab.lift(fault)
    assert probe(pair.state()) == "S"
