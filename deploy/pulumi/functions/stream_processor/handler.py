"""A batch of the stream: each machine's state is brought up to date, and each line's numbers are said as
metrics, which alarms and dashboards take."""

import functools
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from .analysis import step
from .readings import Reading, Rejected, reading
from .state import States

BOUNDED = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 3, "mode": "standard"})
UNITS = {
    "Readings": "Count",
    "Late": "Count",
    "Unusual": "Count",
    "Rejected": "Count",
    "Delay": "Milliseconds",
}


@dataclass
class Line:
    """What a batch says of one line of machines. The measures are the highest of the batch."""

    counts: dict[str, int] = field(default_factory=lambda: {"Readings": 0, "Late": 0, "Unusual": 0})
    highest: dict[str, float] = field(default_factory=dict)

    def add(self, taken: Reading, fresh: bool, unusual: bool, now_ms: float) -> None:
        """One more reading."""
        self.counts["Readings"] += 1
        self.counts["Late"] += not fresh
        self.counts["Unusual"] += unusual
        measures = {"Temperature": taken.temperature, "Vibration": taken.vibration}
        # Of late ones only that they came: an old temperature is not this minute's.
        for name, value in {**(measures if fresh else {}), "Delay": now_ms - taken.received_at}.items():
            self.highest[name] = max(value, self.highest.get(name, value))


def handler(event: dict[str, Any], context: Any) -> dict[str, list[dict[str, str]]]:
    """Says from which record on the batch must come again: none when all is done."""
    return process(event["Records"], states(), time.time())


@functools.cache
def states() -> States:
    """As the stack set it up."""
    return States(os.environ["TABLE"], boto3.client("dynamodb", config=BOUNDED))


def process(records: Sequence[dict[str, Any]], kept: States, now: float) -> dict[str, list[dict[str, str]]]:
    """A batch: wholly done, or it comes again as a whole. Coming again does no harm: what was kept already is
    not newer than itself. Readings that cannot be used are counted and left behind."""
    taken, rejected = _readings(records)
    lines: dict[str, Line] = {}
    try:
        known = kept.of(r.machine for r in taken)
        after = dict(known)
        for one in taken:
            done = step(after.get(one.machine), one)
            after[one.machine] = done.state
            lines.setdefault(one.line, Line()).add(one, done.fresh, done.unusual, now * 1000)
        for machine, state in after.items():
            if state is not known.get(machine):
                kept.keep(state)
    except (BotoCoreError, ClientError, TimeoutError) as failed:
        # The kind alone: the text may hold what the machines sent.
        print(json.dumps({"failed": type(failed).__name__}))
        return {"batchItemFailures": [{"itemIdentifier": records[0]["kinesis"]["sequenceNumber"]}]}
    # Last, so that a batch that comes again is not counted twice.
    for name, line in lines.items():
        print(_sample({"Line": name}, {**line.counts, **line.highest}, now))
    if rejected:
        print(_sample({"Stream": os.environ["STREAM"]}, {"Rejected": rejected}, now))
    return {"batchItemFailures": []}


def _readings(records: Sequence[dict[str, Any]]) -> tuple[list[Reading], int]:
    """Those that can be used, and how many cannot."""
    taken, reasons = [], []
    for record in records:
        try:
            taken.append(reading(record["kinesis"]["data"]))
        except Rejected as why:
            reasons.append(str(why))
    if reasons:
        print(json.dumps({"rejected": len(reasons), "why": sorted(set(reasons))}))
    return taken, len(reasons)


def _sample(dimensions: dict[str, str], values: Mapping[str, float], at: float) -> str:
    """One line in CloudWatch's embedded metric format."""
    definition = {
        "Namespace": os.environ["NAMESPACE"],
        "Dimensions": [list(dimensions)],
        "Metrics": [{"Name": name, "Unit": UNITS.get(name, "None")} for name in values],
    }
    about = {"Timestamp": int(at * 1000), "CloudWatchMetrics": [definition]}
    return json.dumps({"_aws": about, **dimensions, **values})
