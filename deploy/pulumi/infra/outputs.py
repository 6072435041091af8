"""What a stack tells the outside: flat, text to text, so that `pulumi stack output --json` is the file that
tests and `drctl init --from-outputs` read. README.md documents every key."""

import re
from collections.abc import Mapping

import pulumi

Outputs = Mapping[str, pulumi.Input[str]]

_KEY = re.compile(r"[a-z][A-Za-z0-9]*")


def publish(outputs: Outputs) -> None:
    """Exports them all."""
    for key, value in outputs.items():
        if not _KEY.fullmatch(key):
            raise ValueError(f"output {key!r}: use letters and digits, a small letter first")
        pulumi.export(key, value)
