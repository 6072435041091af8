"""Plain values as block YAML, so that a config.yaml written here reads like one written by hand."""

from __future__ import annotations

import json
import re
from typing import Any

# What needs no quotes and cannot be taken for a number, a boolean or null.
PLAIN = re.compile(r"[A-Za-z_][\w./-]*|\d+(ms|s|m|h)")
WORDS = {"true", "false", "null", "yes", "no", "on", "off"}


def yaml_text(value: dict[str, Any]) -> str:
    return "\n".join(block(value, "")) + "\n"


def block(value: Any, indent: str) -> list[str]:
    lines: list[str] = []
    if isinstance(value, dict):
        for key, item in value.items():
            lines += entry(f"{indent}{scalar(key)}:", item, indent + "  ")
    else:
        for item in value:
            inner = block(item, indent + "  ") if is_nested(item) else [f"{indent}  {scalar(item)}"]
            lines += [f"{indent}- {inner[0].lstrip()}", *inner[1:]]
    return lines


def entry(head: str, item: Any, indent: str) -> list[str]:
    if is_nested(item):
        return [head, *block(item, indent)]
    return [f"{head} {scalar(item)}"]


def is_nested(item: Any) -> bool:
    """Short lists of words stay on one line."""
    if isinstance(item, list):
        return any(isinstance(part, (dict, list)) for part in item) or len(scalar(item)) > 70
    return isinstance(item, dict) and bool(item)


def scalar(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(scalar(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, (bool, int, float)):
        return json.dumps(value)
    text = str(value)
    return text if PLAIN.fullmatch(text) and text.lower() not in WORDS else json.dumps(text)
