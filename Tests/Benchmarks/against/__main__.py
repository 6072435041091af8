"""Measures, prints a table, and keeps the figures: `python -m against [PART ...]`."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from . import daemon, decoding, machine, polling, signing, transport
from .table import Row, data, printed

PARTS: dict[str, Callable[[Path], list[Row]]] = {
    "signing": signing.rows,
    "decoding": decoding.rows,
    "polling": polling.rows,
    "transport": transport.rows,
    "service": daemon.rows,
}
RESULTS = machine.REPOSITORY / "bench-results"


def main(chosen: list[str]) -> int:
    unknown = [part for part in chosen if part not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    began, loads, rows = time.monotonic(), [machine.load()], []
    for part in chosen or list(PARTS):
        print(f"==> measuring {part}", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="drctl-bench-") as folder:
            rows += PARTS[part](Path(folder))
        loads.append(machine.load())
    facts = machine.facts()
    print(printed(rows))
    print(
        f"\n{facts['cpu']}, {facts['cores']} cores, load {loads[0]} to {loads[-1]}, commit {facts['commit']}"
    )
    RESULTS.mkdir(exist_ok=True)
    at = datetime.now(UTC)
    path = RESULTS / f"{at:%Y%m%dT%H%M%SZ}.json"
    found = {
        "at": at.isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - began),
        "load": loads,
        "machine": facts,
        "rows": data(rows),
    }
    path.write_text(json.dumps(found, indent=1) + "\n")
    print(f"{path.relative_to(machine.REPOSITORY)}, measured in {found['seconds']} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
