"""The zone operations of Route 53's API, and the state of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..call import Call
from ..cloudwatch.metrics import moment
from ..errors import AWSError
from .zones import Change, Zone, absolute

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]


def create_zone(world: World, call: Call, params: Item) -> Item:
    for zone in world.zones.zones.values():
        if zone.caller_reference == params["CallerReference"]:
            raise AWSError("HostedZoneAlreadyExists", "A hosted zone with this caller reference exists", 409)
    config = params.get("HostedZoneConfig") or {}
    zone = world.zones.create(params["Name"], params["CallerReference"], config.get("Comment", ""))
    call.effect = True
    change = world.zones.change(zone, zone.records, "")
    return {
        "HostedZone": zone_view(zone),
        "ChangeInfo": change_view(change),
        "DelegationSet": name_servers(),
        "Location": f"https://route53.amazonaws.com/2013-04-01/hostedzone/{zone.id}",
    }


def get_zone(world: World, call: Call, params: Item) -> Item:
    return {"HostedZone": zone_view(find_zone(world, params["Id"])), "DelegationSet": name_servers()}


def list_zones_by_name(world: World, call: Call, params: Item) -> Item:
    zones = sorted(world.zones.zones.values(), key=lambda zone: list(reversed(zone.name.split("."))))
    if params.get("DNSName"):
        start = list(reversed(absolute(params["DNSName"]).split(".")))
        zones = [zone for zone in zones if list(reversed(zone.name.split("."))) >= start]
    size = int(params.get("MaxItems", 100))
    return {
        "HostedZones": [zone_view(z) for z in zones[:size]],
        "IsTruncated": len(zones) > size,
        "MaxItems": str(size),
        "DNSName": params.get("DNSName"),
    }


def list_zones(world: World, call: Call, params: Item) -> Item:
    zones = sorted(world.zones.zones.values(), key=lambda zone: zone.id)
    size = int(params.get("MaxItems", 100))
    if params.get("Marker"):
        zones = [zone for zone in zones if zone.id >= params["Marker"]]
    answer: Item = {
        "HostedZones": [zone_view(z) for z in zones[:size]],
        "IsTruncated": len(zones) > size,
        "MaxItems": str(size),
        "Marker": params.get("Marker", ""),
    }
    if len(zones) > size:
        answer["NextMarker"] = zones[size].id
    return answer


def delete_zone(world: World, call: Call, params: Item) -> Item:
    zone = find_zone(world, params["Id"])
    if len(zone.records) > 2:
        raise AWSError(
            "HostedZoneNotEmpty", "The specified hosted zone contains non-required resource record sets"
        )
    del world.zones.zones[zone.id]
    call.effect = True
    return {"ChangeInfo": change_view(world.zones.change(zone, zone.records, ""))}


def get_change(world: World, call: Call, params: Item) -> Item:
    change = world.zones.changes.get(params["Id"].split("/")[-1])
    if change is None:
        raise AWSError("NoSuchChange", f"Could not find resource with ID: {params['Id']}", 404)
    return {"ChangeInfo": change_view(change)}


def find_zone(world: World, zone_id: str) -> Zone:
    zone = world.zones.zones.get(zone_id.split("/")[-1])
    if zone is None:
        raise AWSError("NoSuchHostedZone", f"No hosted zone found with ID: {zone_id.split('/')[-1]}", 404)
    return zone


def zone_view(zone: Zone) -> Item:
    return {
        "Id": f"/hostedzone/{zone.id}",
        "Name": zone.name,
        "CallerReference": zone.caller_reference,
        "Config": {"Comment": zone.comment, "PrivateZone": False},
        "ResourceRecordSetCount": len(zone.records),
    }


def change_view(change: Change) -> Item:
    return {
        "Id": f"/change/{change.id}",
        "Status": change.status,
        "SubmittedAt": moment(change.submitted),
        "Comment": change.comment,
    }


def name_servers() -> Item:
    return {"NameServers": [f"ns-{index}.awsdns-{index}.test" for index in range(1, 5)]}
