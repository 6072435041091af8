"""How these functions ask AWS, and how they wait for what it does afterwards."""

import time
from collections.abc import Callable

from botocore.config import Config

BOUNDED = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 3, "mode": "standard"})
# A new password is set within a minute or two; the function has five, and Secrets Manager tries again.
WAIT_SECONDS = 240.0
PAUSE_SECONDS = 5.0


class NotYet(Exception):
    """AWS has not applied it in time."""


def until(done: Callable[[], bool], what: str) -> None:
    """Asks until it is so."""
    end = time.monotonic() + WAIT_SECONDS
    while not done():
        if time.monotonic() > end:
            raise NotYet(what)
        time.sleep(PAUSE_SECONDS)
