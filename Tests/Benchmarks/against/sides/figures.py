"""What every side prints."""

import json
import time
from collections.abc import Callable


def repeated(once: Callable[[], object], seconds: float, batch: int, clock: Callable[[], float]) -> None:
    """Does it for so many seconds of CPU, after it has been done often enough to be warm."""
    for _ in range(batch * 2):
        once()
    began, wall, count = clock(), time.monotonic(), 0
    while clock() - began < seconds:
        for _ in range(batch):
            once()
        count += batch
    print(json.dumps({"count": count, "cpu": clock() - began, "wall": time.monotonic() - wall}))
