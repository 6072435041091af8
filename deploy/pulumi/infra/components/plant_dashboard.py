"""What people look at: the same graphs in both Regions' dashboards, each over both Regions."""

from collections.abc import Mapping

from ..regions import Regions
from .dashboards import Dashboard, Graph, Metric
from .function import Function
from .line_alarms import LineSettings
from .stream import Stream
from .stream_processing import NAMESPACE

TEXT = "# {system}\nMachines and the registry's writer are in **{active}**; {other} stands by."


def plant_dashboards(
    regions: Regions,
    lines: LineSettings,
    streams: Mapping[str, Stream],
    functions: Mapping[str, Function],
    table: str,
) -> list[Dashboard]:
    """One in each Region. A line of machines is a colour."""
    settings = regions.home.settings
    text = TEXT.format(system=settings.system, active=regions.active.code, other=regions.standby.code)
    graphs = [
        Graph("Readings a minute", _lines(regions, lines, "Readings", "Sum")),
        Graph("Highest temperature (°C)", _lines(regions, lines, "Temperature"), lines.hottest),
        Graph("Highest vibration (mm/s)", _lines(regions, lines, "Vibration"), lines.shakiest),
        Graph("Unusual readings", _lines(regions, lines, "Unusual", "Sum")),
        Graph("From the machine to its state (ms)", _lines(regions, lines, "Delay")),
        Graph(
            "Records on the stream",
            [
                Metric("AWS/Kinesis", "IncomingRecords", {"StreamName": streams[r.code].name}, r.code, "Sum")
                for r in regions.both
            ],
        ),
        Graph(
            "Behind the stream (ms)",
            [
                Metric(
                    "AWS/Lambda",
                    "IteratorAge",
                    {"FunctionName": functions[r.code].function.name},
                    r.code,
                    "Maximum",
                )
                for r in regions.both
            ],
        ),
        Graph(
            "Table replication lag (ms)",
            [
                Metric(
                    "AWS/DynamoDB",
                    "ReplicationLatency",
                    {"TableName": table, "ReceivingRegion": there.code},
                    here.code,
                    label=f"to {there.code}",
                )
                for here, there in regions.pairs
            ],
        ),
    ]
    return [Dashboard(r, "overview", text, graphs) for r in regions.both]


def _lines(regions: Regions, lines: LineSettings, metric: str, statistic: str = "Maximum") -> list[Metric]:
    return [
        Metric(NAMESPACE, metric, {"Line": line}, r.code, statistic, f"{line} {r.code}")
        for line in lines.lines
        for r in regions.both
    ]
