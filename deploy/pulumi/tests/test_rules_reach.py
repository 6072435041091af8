"""Who reaches what: nothing is open to the world but the entrances, on 443; machines have no keys and no
shell."""

import re

import pytest

from harness.systems import ROLES, recording

every_system = pytest.mark.parametrize(("system", "side"), ROLES)
WORLD = {"0.0.0.0/0", "::/0"}


@every_system
def test_the_world_gets_in_at_443_alone(system: str, side: str) -> None:
    made = recording(system, side)
    for rule in made.of("vpc/securityGroupIngressRule:SecurityGroupIngressRule"):
        if rule.inputs.get("cidrIpv4") in WORLD or rule.inputs.get("cidrIpv6") in WORLD:
            ports = (rule.inputs["fromPort"], rule.inputs["toPort"], rule.inputs["ipProtocol"])
            assert ports == (443, 443, "tcp"), rule
    for group in made.of("ec2/securityGroup:SecurityGroup", "ec2/defaultSecurityGroup:DefaultSecurityGroup"):
        assert not group.inputs.get("ingress"), f"{group}: rules are resources of their own"


# What EC2 takes in a description. A rule's may have no & either: the same letters for both.
DESCRIBED = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=;{}!$*]{1,255}")


@every_system
def test_groups_and_their_rules_say_what_they_are_for_in_letters_that_ec2_takes(
    system: str, side: str
) -> None:
    made = recording(system, side).of(
        "ec2/securityGroup:SecurityGroup",
        "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    )
    said = {str(r): r.inputs.get("description", "") for r in made}
    assert {r: text for r, text in said.items() if not DESCRIBED.fullmatch(text)} == {}


@every_system
def test_no_way_in_for_a_shell(system: str, side: str) -> None:
    made = recording(system, side)
    for rule in made.of("vpc/securityGroupIngressRule:SecurityGroupIngressRule"):
        low, high = rule.inputs.get("fromPort", 0), rule.inputs.get("toPort", 65535)
        assert not low <= 22 <= high, rule
    for machine in made.of("ec2/instance:Instance", "ec2/launchTemplate:LaunchTemplate"):
        assert not machine.inputs.get("keyName"), machine
        assert not machine.inputs.get("associatePublicIpAddress"), machine


@every_system
def test_machines_have_the_second_version_of_the_metadata_service_only(system: str, side: str) -> None:
    for machine in recording(system, side).of("ec2/instance:Instance", "ec2/launchTemplate:LaunchTemplate"):
        options = machine.inputs["metadataOptions"]
        assert options["httpTokens"] == "required" and options["httpPutResponseHopLimit"] == 1, machine


@every_system
def test_the_default_group_of_every_network_is_empty(system: str, side: str) -> None:
    made = recording(system, side)
    emptied = {g.inputs["vpcId"] for g in made.of("ec2/defaultSecurityGroup:DefaultSecurityGroup")}
    assert len(emptied) == len(made.of("ec2/vpc:Vpc"))


@every_system
def test_functions_run_on_a_current_runtime_and_end_in_time(system: str, side: str) -> None:
    for function in recording(system, side).of("lambda/function:Function"):
        assert function.inputs["runtime"] in ("python3.13", "nodejs22.x"), function
        assert function.inputs["timeout"] <= 300, function
