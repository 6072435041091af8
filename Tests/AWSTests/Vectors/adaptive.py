#!/usr/bin/env python3
"""Writes adaptive.json: how botocore's adaptive mode paces a client that is throttled now and then.

python3 adaptive.py
"""

import json
import pathlib
import random

from botocore.exceptions import CapacityNotAvailableError
from botocore.retries import adaptive, bucket, throttling

HERE = pathlib.Path(__file__).parent


class Clock:
    now = 1000.0

    def current_time(self):
        return self.now


class Detector:
    def is_throttling_error(self, throttled):
        return throttled


def scenario(name, steps):
    clock = Clock()
    tokens = bucket.TokenBucket(max_rate=1, clock=clock)
    limiter = adaptive.ClientRateLimiter(
        rate_adjustor=throttling.CubicCalculator(starting_max_rate=0, start_time=clock.now),
        rate_clocker=adaptive.RateClocker(clock),
        token_bucket=tokens,
        throttling_detector=Detector(),
        clock=clock,
    )
    seen = []
    for gap, throttled in steps:
        clock.now += gap
        wait = 0.0
        if limiter._enabled:
            try:
                tokens.acquire(block=False)
            except CapacityNotAvailableError:
                wait = tokens._sleep_amount(1)
                clock.now += wait + 1e-9
                tokens.acquire(block=False)
        asked = clock.now
        limiter.on_receiving_response(throttled=throttled)
        seen.append({"gap": gap, "throttled": throttled, "wait": wait, "at": asked, "rate": tokens.max_rate})
    return {"case": name, "steps": seen}


def main():
    chance = random.Random(7)
    scenarios = [
        scenario("never throttled", [(0.1, False)] * 40),
        scenario("throttled once", [(0.1, False)] * 20 + [(0.1, True)] + [(0.1, False)] * 80),
        scenario("throttled at once", [(0.0, True)] + [(0.3, False)] * 30),
        scenario("throttled for long", [(0.05, False)] * 40 + [(0.05, True)] * 20 + [(0.05, False)] * 60),
        scenario("a pause", [(0.05, False)] * 40 + [(0.05, True), (30.0, False)] + [(0.05, False)] * 40),
        scenario(
            "by chance",
            [(round(chance.expovariate(8), 3), chance.random() < 0.15) for _ in range(200)],
        ),
    ]
    (HERE / "adaptive.json").write_text(json.dumps(scenarios, sort_keys=True, indent=0) + "\n")


if __name__ == "__main__":
    main()
