"""Tags of zones and health checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..call import Call
from .check_operations import find as find_check
from .zone_operations import find_zone

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]


def change(world: World, call: Call, params: Item) -> Item:
    tags = tags_of(world, params)
    tags.update({tag["Key"]: tag.get("Value", "") for tag in params.get("AddTags", [])})
    for key in params.get("RemoveTagKeys", []):
        tags.pop(key, None)
    call.effect = True
    return {}


def list_one(world: World, call: Call, params: Item) -> Item:
    tags = tags_of(world, params)
    return {
        "ResourceTagSet": {
            "ResourceType": params["ResourceType"],
            "ResourceId": params["ResourceId"],
            "Tags": [{"Key": k, "Value": v} for k, v in tags.items()],
        }
    }


def tags_of(world: World, params: Item) -> dict[str, str]:
    kind, identifier = params["ResourceType"], params["ResourceId"]
    if kind == "healthcheck":
        find_check(world, identifier)
    else:
        find_zone(world, identifier)
    return world.route53_tags.setdefault((kind, identifier), {})
