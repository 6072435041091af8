"""CloudWatch dashboards: one in each Region, so that one is left to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext

# CloudWatch's grid is 24 units wide.
WIDTH, HEIGHT, ACROSS = 12, 6, 2


@dataclass(frozen=True)
class Metric:
    """One line of a graph. A dimension may be a resource's output."""

    namespace: str
    name: str
    dimensions: Mapping[str, pulumi.Input[str]]
    region: str
    statistic: str = "Average"
    label: str | None = None


@dataclass(frozen=True)
class Graph:
    """`limit` draws a line where its alarm fires."""

    title: str
    metrics: Sequence[Metric] = field(default_factory=list)
    limit: float | None = None


class Dashboard(pulumi.ComponentResource):
    """Graphs in two columns, under a text that says what this is."""

    def __init__(self, region: RegionContext, thing: str, text: str, graphs: Sequence[Graph]) -> None:
        super().__init__("drctl:infra:Dashboard", region.name(thing), None)
        body = pulumi.Output.json_dumps({"widgets": [_text(text), *_placed(region.code, graphs)]})
        aws.cloudwatch.Dashboard(
            region.name(thing),
            # Dashboards of all Regions stand in one list.
            dashboard_name=region.name(thing),
            dashboard_body=body,
            opts=region.options(self),
        )
        self.name = region.name(thing)
        self.register_outputs({"name": self.name})


def _text(markdown: str) -> dict[str, object]:
    return {
        "type": "text",
        "x": 0,
        "y": 0,
        "width": WIDTH * ACROSS,
        "height": 2,
        "properties": {"markdown": markdown},
    }


def _placed(region: str, graphs: Sequence[Graph]) -> list[dict[str, object]]:
    return [
        {
            "type": "metric",
            "x": WIDTH * (i % ACROSS),
            "y": 2 + HEIGHT * (i // ACROSS),
            "width": WIDTH,
            "height": HEIGHT,
            "properties": _properties(region, graph),
        }
        for i, graph in enumerate(graphs)
    ]


def _properties(region: str, graph: Graph) -> dict[str, object]:
    properties: dict[str, object] = {
        "title": graph.title,
        "region": region,
        "view": "timeSeries",
        "period": 60,
        "metrics": [_line(m) for m in graph.metrics],
    }
    if graph.limit is not None:
        properties["annotations"] = {"horizontal": [{"label": "alarm", "value": graph.limit}]}
    return properties


def _line(metric: Metric) -> list[object]:
    """CloudWatch's own shape: namespace, name, dimension, value, ..., options."""
    line: list[object] = [metric.namespace, metric.name]
    for dimension, value in metric.dimensions.items():
        line += [dimension, value]
    options = {"region": metric.region, "stat": metric.statistic}
    return [*line, {**options, "label": metric.label} if metric.label else options]
