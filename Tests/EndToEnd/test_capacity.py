"""What serves the clients grows in the standby Region before they come, and never stops a failover."""

from __future__ import annotations

from typing import Any

from staging.records import finished, step_of
from staging.stage import Stage

Item = dict[str, Any]
HOME, AWAY = "ap-southeast-2", "ap-southeast-1"
# The lab is quick, and what does not start is waited for to the end.
TIME = "5s"


def service(stage: Stage, name: str, region: str, desired: int) -> Item:
    """An ECS service as a stack makes it. moto says that none of its tasks runs until it is told a number."""
    ecs = stage.house.pieces.client("ecs", region)
    ecs.create_cluster(clusterName=name)
    ecs.register_task_definition(
        family=name, containerDefinitions=[{"name": "web", "image": "web", "memory": 64}]
    )
    ecs.create_service(cluster=name, serviceName=name, taskDefinition=name, desiredCount=desired)
    return {"type": "ecs-service", "region": region, "cluster": name, "service": name, "desired": 6}


def group(stage: Stage, name: str, region: str, most: int) -> Item:
    """An Auto Scaling group of one, which may grow to `most`."""
    image = stage.house.pieces.client("ec2", region).describe_images()["Images"][0]["ImageId"]
    scaling = stage.house.pieces.client("autoscaling", region)
    scaling.create_launch_configuration(LaunchConfigurationName=name, ImageId=image, InstanceType="t3.micro")
    scaling.create_auto_scaling_group(
        AutoScalingGroupName=name,
        LaunchConfigurationName=name,
        MinSize=1,
        DesiredCapacity=1,
        MaxSize=most,
        AvailabilityZones=[f"{region}a"],
    )
    return {"type": "auto-scaling-group", "region": region, "group": name, "desired": 4}


def count(stage: Stage, capacity: Item) -> int:
    """How many AWS has been told."""
    client = stage.house.pieces.client
    if capacity["type"] == "ecs-service":
        told = client("ecs", capacity["region"]).describe_services(
            cluster=capacity["cluster"], services=[capacity["service"]]
        )
        return int(told["services"][0]["desiredCount"])
    told = client("autoscaling", capacity["region"]).describe_auto_scaling_groups(
        AutoScalingGroupNames=[capacity["group"]]
    )
    return int(told["AutoScalingGroups"][0]["DesiredCapacity"])


def least(stage: Stage, capacity: Item) -> int:
    """What a group's own scaling may go down to."""
    told = stage.house.pieces.client("autoscaling", capacity["region"]).describe_auto_scaling_groups(
        AutoScalingGroupNames=[capacity["group"]]
    )
    return int(told["AutoScalingGroups"][0]["MinSize"])


def give(stage: Stage, name: str, *capacity: Item) -> None:
    """The workload has it, and waits for it no longer than the lab's pace allows."""
    stage.config["workloads"][name]["capacity"] = list(capacity)
    policy = stage.config["defaults"]["policy"]
    policy["timeouts"] = {**policy["timeouts"], "capacity": TIME}


def looked_at(stage: Stage, name: str) -> dict[str, Item]:
    """What doctor says of capacity, by its Region and name."""
    report = stage.run("doctor", "--json", name).json
    found = [c for c in report["checks"] if c["name"].startswith("capacity ")]
    return {c["name"].removeprefix("capacity "): c for c in found}


def named(capacity: Item) -> str:
    return f"{capacity['region']} {capacity.get('service') or capacity['group']}"


def states(view: Item) -> dict[str, str]:
    """Each step's state, by its id without the number."""
    return {s["id"].split("-", 1)[1]: s["state"] for s in view["plan"]["steps"]}


def order(stage: Stage) -> list[str]:
    """The changes that took effect, in order, each kind once."""
    return list(dict.fromkeys(call["operation"] for call in stage.changes() if call["effect"]))


def test_the_standby_service_grows_before_traffic_moves(stage: Stage) -> None:
    name = stage.orders()
    home, away = (service(stage, f"web-{name}", region, 1) for region in (HOME, AWAY))
    workers = group(stage, f"workers-{name}", AWAY, most=8)
    give(stage, name, home, away, workers)
    stage.open()
    checks = looked_at(stage, name)
    assert [checks[named(c)]["result"] for c in (home, away, workers)] == ["ok", "ok", "ok"], checks
    assert "a failover raises it to 4" in checks[named(workers)]["detail"]
    dry = stage.run("failover", name, "--dry-run", "--reason", "look")
    assert "UpdateService" in dry.out and "UpdateAutoScalingGroup" in dry.out, str(dry)
    stage.outage(name)
    view = stage.until_phase(name, "failed-over", 60)
    assert [count(stage, c) for c in (away, workers)] == [6, 4]
    assert least(stage, workers) == 4, "its own scaling takes nothing away again"
    assert stage.leads_to(name) == "standby"
    found = states(view)
    assert [found[s] for s in found if "capacity" in s] == ["done", "done"], found
    made = order(stage)
    assert made[-4] == "PromoteReadReplica" and made[-1] == "ChangeResourceRecordSets", made
    assert set(made[-3:-1]) == {"UpdateService", "UpdateAutoScalingGroup"}, made
    asked = [c for c in stage.calls() if c["service"] in ("ecs", "autoscaling") and c["effect"]]
    regions = {c["region"] for c in asked}
    assert regions == {AWAY}, "nothing is asked of the Region that is gone"
    stage.lab.lift()
    assert count(stage, home) == 1, "what serves in the old Region is left as it is"


def test_capacity_that_does_not_come_is_told_and_traffic_moves_all_the_same(stage: Stage) -> None:
    name = stage.orders()
    # Told to run as many as it should, and nothing starts.
    stuck = service(stage, f"web-{name}", AWAY, 6)
    small = group(stage, f"workers-{name}", AWAY, most=3)
    gone = {**stuck, "service": f"gone-{name}"}
    give(stage, name, stuck, small, gone)
    stage.open()
    checks = looked_at(stage, name)
    assert [checks[named(c)]["result"] for c in (stuck, small, gone)] == ["ok", "fail", "fail"], checks
    assert "may have 3 at most: raise its MaxSize to 4" in checks[named(small)]["detail"]
    assert "there is no ECS service" in checks[named(gone)]["detail"]
    stage.outage(name)
    view = stage.until_phase(name, "failed-over", 60)
    assert stage.leads_to(name) == "standby"
    found = states(view)
    assert found["raise-capacity"] == "unconfirmed"
    assert found["await-capacity"] == "unconfirmed"
    assert count(stage, small) == 3, "as many as it may have"
    history = stage.history()
    (raised,) = finished(history, "raise-capacity")
    said = str(raised["outcome"])
    assert "2 of 3: " in said and "raise its MaxSize to 4" in said, said
    assert f"--service {gone['service']} --desired-count 6" in said, said
    assert f"/{stuck['service']} " not in said, said
    assert step_of(history, "await-capacity") in view["plan"]["ending"]["unconfirmed"]
    told = [m for m in stage.inbox.about(name) if "CAPACITY NOT PROVEN" in str(m)]
    assert told, "people are told at the end as well"
