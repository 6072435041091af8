"""What a failover raises in the standby Region, as ECS tells of it."""

from .conftest import Client


def too_few(outputs: dict[str, str], client: Client) -> list[str]:
    """Its services that ask for fewer tasks than the output `capacity` says."""
    found = []
    for item in filter(None, outputs.get("capacity", "").split(",")):
        kind, region, name, desired = item.split(":")
        assert kind == "ecs-service", f"no system has any {kind}"
        cluster, service = name.split("/")
        (told,) = client("ecs", region).describe_services(cluster=cluster, services=[service])["services"]
        if region == outputs["standbyRegion"] and told["desiredCount"] < int(desired):
            found.append(f"{name} asks for {told['desiredCount']} of {desired}")
    return found
