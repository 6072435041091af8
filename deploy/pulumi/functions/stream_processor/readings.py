"""One reading of a machine, as the rule in IoT Core puts it on the stream."""

import base64
import binascii
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
# What a sensor can say at all; beyond it is broken, and would spoil the averages. In °C and mm/s.
RANGES = {"temperature": (-60.0, 2000.0), "vibration": (0.0, 500.0)}
# How far a machine's clock may run ahead of ours, in ms.
AHEAD_MS = 60_000


@dataclass(frozen=True)
class Reading:
    """`read_at` by the machine's clock, `received_at` by IoT Core's: both in ms since 1970."""

    line: str
    machine: str
    read_at: int
    received_at: int
    temperature: float
    vibration: float


class Rejected(Exception):
    """It says nothing that can be used; the text tells why, and repeats nothing of it."""


def reading(data: str) -> Reading:
    """From a record's data. Raises Rejected."""
    try:
        found = json.loads(base64.b64decode(data, validate=True))
    except (binascii.Error, UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Rejected("no JSON") from None
    if not isinstance(found, Mapping):
        raise Rejected("no JSON object")
    read_at, received_at = _whole(found, "readAt"), _whole(found, "receivedAt")
    # Kept as the newest, it would keep out every true reading until then.
    if read_at > received_at + AHEAD_MS:
        raise Rejected("readAt is in the future")
    return Reading(
        line=_name(found, "line"),
        machine=_name(found, "machine"),
        read_at=read_at,
        received_at=received_at,
        temperature=_measured(found, "temperature"),
        vibration=_measured(found, "vibration"),
    )


def _name(found: Mapping[str, Any], key: str) -> str:
    value = found.get(key)
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise Rejected(f"{key} is no name")
    return value


def _whole(found: Mapping[str, Any], key: str) -> int:
    value = found.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 10**14:
        raise Rejected(f"{key} is no time")
    return value


def _measured(found: Mapping[str, Any], key: str) -> float:
    value = found.get(key)
    low, high = RANGES[key]
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Rejected(f"{key} is no number")
    # Python's JSON takes NaN and Infinity too.
    if not math.isfinite(value) or not low <= value <= high:
        raise Rejected(f"{key} is beyond what a sensor can say")
    return float(value)
