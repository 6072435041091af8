"""The database owner's name and password, from a secret that exists already: no stack makes one."""

from dataclasses import dataclass

import pulumi

from ..regions import RegionContext
from .existing_secret import content


@dataclass(frozen=True)
class Owner:
    """Both marked as secret."""

    username: pulumi.Output[str]
    password: pulumi.Output[str]


def owner(parent: pulumi.Resource, region: RegionContext, secret: str) -> Owner:
    """`secret` is the entry's name in that Region; it holds {"username": ..., "password": ...}."""
    found = content(parent, region, secret)
    return Owner(found.apply(lambda c: c["username"]), found.apply(lambda c: c["password"]))
