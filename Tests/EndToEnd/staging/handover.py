"""What `drctl handover` says, held against what a stack writes once its roles are turned."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import yaml

from .infrastructure import PROGRAM

Item = dict[str, Any]


def roles_of(system: str) -> set[str]:
    """Every value of the system's config.yaml that depends on which of its Regions is active, as paths."""
    home, away = (leaves(_written(system, side)) for side in ("home", "away"))
    # Topics are told in the order of their Regions, and all of them are told in either.
    unordered = {path for path in home | away if ".topics" in path or path.startswith("webhook")}
    return {path for path in home | away if home.get(path) != away.get(path)} - unordered


def _written(system: str, side: str) -> Item:
    kept = json.loads((PROGRAM / "tests" / "outputs" / f"{system}-{side}.json").read_text())
    return dict(yaml.safe_load(kept["controllerConfig"]))


def leaves(value: Any, path: str = "") -> Item:
    """Values by their paths; a list of texts is one value, and so are a metric's dimensions."""
    if isinstance(value, dict) and not path.endswith(".dimensions"):
        return {
            k: v
            for key, below in value.items()
            for k, v in leaves(below, f"{path}.{key}".lstrip(".")).items()
        }
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {k: v for i, below in enumerate(value) for k, v in leaves(below, f"{path}[{i}]").items()}
    return {path: value}


def turned(config: Item, edits: list[Item]) -> Item:
    """The configuration with every edit made that says what belongs there."""
    made = copy.deepcopy(config)
    for edit in edits:
        if "to" in edit:
            _put(made, re.findall(r"[^.\[\]]+", edit["path"]), edit["to"])
    return made


def _put(value: Any, keys: list[str], text: str) -> None:
    *above, last = keys
    for key in above:
        value = value[int(key)] if isinstance(value, list) else value[key]
    kind = type(value[last])
    value[last] = text.split(", ") if kind is list else kind(text)
