"""Samples by Region, namespace, metric and dimensions."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

# Older samples are forgotten beyond this many per series: ten hours at one a lab second of 3.6 s.
KEPT_SAMPLES = 10_000
# Clients may put samples out of order; one older than this ends the search in a series all the same.
OUT_OF_ORDER_SECONDS = 3600.0


@dataclass(frozen=True)
class Series:
    region: str
    namespace: str
    metric: str
    dimensions: tuple[tuple[str, str], ...] = ()


def series(region: str, namespace: str, metric: str, dimensions: Iterable[tuple[str, str]] = ()) -> Series:
    return Series(region, namespace, metric, tuple(sorted(dimensions)))


@dataclass(frozen=True)
class Sample:
    """`time` is the wall clock, seconds since 1970; several values of one moment may be folded together."""

    time: float
    total: float
    count: float = 1.0
    low: float = 0.0
    high: float = 0.0


def single(time: float, value: float) -> Sample:
    return Sample(time, value, 1.0, value, value)


class MetricStore:
    def __init__(self) -> None:
        self._samples: dict[Series, deque[Sample]] = {}

    def put(self, key: Series, sample: Sample) -> None:
        self._samples.setdefault(key, deque(maxlen=KEPT_SAMPLES)).append(sample)

    def keys(self, region: str) -> list[Series]:
        return [key for key in self._samples if key.region == region]

    def between(self, key: Series, start: float, end: float) -> list[Sample]:
        """From start, up to but without end."""
        found = []
        for sample in reversed(self._samples.get(key, ())):
            if sample.time < start - OUT_OF_ORDER_SECONDS:
                break
            if start <= sample.time < end:
                found.append(sample)
        return found


def statistic(samples: list[Sample], name: str) -> float:
    """Average, Sum, Minimum, Maximum, SampleCount or a percentile p0 to p100. ValueError for others."""
    count = sum(sample.count for sample in samples)
    if name == "SampleCount":
        return count
    if name == "Sum":
        return sum(sample.total for sample in samples)
    if name == "Average":
        return sum(sample.total for sample in samples) / count
    if name == "Minimum":
        return min(sample.low for sample in samples)
    if name == "Maximum":
        return max(sample.high for sample in samples)
    if name.startswith("p"):
        ordered = sorted(sample.total / sample.count for sample in samples)
        return ordered[min(len(ordered) - 1, int(len(ordered) * float(name[1:]) / 100))]
    raise ValueError(name)


def buckets(samples: list[Sample], period: float, name: str) -> list[tuple[float, float]]:
    """The statistic of every period that has samples, oldest first."""
    found: dict[int, list[Sample]] = {}
    for sample in samples:
        found.setdefault(int(sample.time // period), []).append(sample)
    return [(number * period, statistic(found[number], name)) for number in sorted(found)]
