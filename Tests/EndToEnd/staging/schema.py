"""The JSON Schema of config.yaml that drctl prints, with a validator that is not drctl's."""

from __future__ import annotations

import functools
import json
import re
import subprocess
from typing import Any

import jsonschema
import yaml

from .binary import drctl_binary


@functools.cache
def schema() -> dict[str, Any]:
    done = subprocess.run(
        [drctl_binary(), "config", "schema"], capture_output=True, text=True, timeout=60, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


@functools.cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema())


def faults(config: object) -> list[str]:
    """What the schema has against a configuration, with the place of each."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator().iter_errors(config)]


class PlainLoader(yaml.SafeLoader):
    """YAML 1.2's scalars, as editors and drctl read them: no `yes`, no sexagesimal numbers."""


# Of its own: the resolvers of the class that it inherits from are that one's.
PlainLoader.yaml_implicit_resolvers = {
    first: [row for row in rows if row[0].endswith((":null", ":merge"))]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?[0-9]+$"), list("-0123456789"))


def read(text: str) -> object:
    return yaml.load(text, PlainLoader)
