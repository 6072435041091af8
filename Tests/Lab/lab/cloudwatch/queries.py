"""GetMetricData and GetMetricStatistics."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from ..call import Call
from ..errors import AWSError
from .metrics import Item, moment, points, seconds, series_of

if TYPE_CHECKING:
    from ..world import World

# Limits of the real service.
MOST_QUERIES, MOST_POINTS = 500, 100_800
QUERY_ID = re.compile(r"^[a-z][a-zA-Z0-9_]*$")


def get_data(world: World, call: Call, params: Item) -> Item:
    queries = params.get("MetricDataQueries", [])
    if not 1 <= len(queries) <= MOST_QUERIES:
        raise AWSError("ValidationError", f"MetricDataQueries must have 1 to {MOST_QUERIES} members")
    start, end = seconds(params["StartTime"]), seconds(params["EndTime"])
    if start is None or end is None or start >= end:
        raise AWSError("ValidationError", "The parameter EndTime must be greater than StartTime.")
    most = min(int(params.get("MaxDatapoints", MOST_POINTS)), MOST_POINTS)
    rows = []
    for query in queries:
        if not QUERY_ID.match(query.get("Id", "")):
            raise AWSError(
                "ValidationError", f"The value {query.get('Id')} for parameter Id is not matching ^[a-z].*"
            )
        if "MetricStat" not in query:
            raise AWSError("ValidationError", "the lab does not compute expressions: give a MetricStat")
        if query.get("ReturnData", True):
            rows.append((query, query_points(world, call.region, query["MetricStat"], start, end)))
    newest_first = params.get("ScanBy", "TimestampDescending") != "TimestampAscending"
    return page(rows, newest_first, most, params.get("NextToken"))


def page(
    rows: list[tuple[Item, list[tuple[float, float]]]], newest_first: bool, most: int, token: Any
) -> Item:
    """The token says how many points of each result have been handed out."""
    taken = read_token(token, len(rows))
    left, results, more = most, [], False
    for number, (query, found) in enumerate(rows):
        ordered = list(reversed(found)) if newest_first else found
        part = ordered[taken[number] : taken[number] + left]
        left -= len(part)
        taken[number] += len(part)
        partial = taken[number] < len(ordered)
        more = more or partial
        results.append(
            {
                "Id": query["Id"],
                "Label": query.get("Label") or query["MetricStat"]["Metric"]["MetricName"],
                "Timestamps": [moment(time) for time, _ in part],
                "Values": [value for _, value in part],
                "StatusCode": "PartialData" if partial else "Complete",
            }
        )
    answer: Item = {"MetricDataResults": results, "Messages": []}
    if more:
        answer["NextToken"] = b64encode(json.dumps(taken).encode()).decode()
    return answer


def read_token(token: Any, count: int) -> list[int]:
    if not token:
        return [0] * count
    try:
        taken: list[int] = json.loads(b64decode(token))
        if len(taken) == count and all(isinstance(number, int) for number in taken):
            return taken
    except (ValueError, TypeError):
        pass
    raise AWSError("InvalidNextToken", "The next token specified is invalid.")


def query_points(
    world: World, region: str, stat: Item, start: float, end: float
) -> list[tuple[float, float]]:
    metric = stat["Metric"]
    key = series_of(region, metric.get("Namespace", ""), metric["MetricName"], metric.get("Dimensions", []))
    # A Unit that the samples do not have silently finds nothing, as in AWS; the lab's samples have none.
    if stat.get("Unit") not in (None, "None") and not key.namespace.startswith("AWS/"):
        return []
    try:
        return points(world, key, start, end, float(stat.get("Period", 60)), stat.get("Stat", "Average"))
    except ValueError as cause:
        raise AWSError("ValidationError", f"The statistic {cause} is not known.") from cause


def get_statistics(world: World, call: Call, params: Item) -> Item:
    key = series_of(call.region, params["Namespace"], params["MetricName"], params.get("Dimensions", []))
    start, end, period = seconds(params["StartTime"]), seconds(params["EndTime"]), float(params["Period"])
    assert start is not None and end is not None
    names = params.get("Statistics") or params.get("ExtendedStatistics") or []
    found: dict[float, Item] = {}
    for name in names:
        for time, value in points(world, key, start, end, period, name):
            row = found.setdefault(time, {"Timestamp": moment(time), "Unit": "None"})
            row[name] = value
    rows = list(found.values())
    world.random.shuffle(rows)  # the real reply has no order
    return {"Label": key.metric, "Datapoints": rows}
