"""The lab that the acts of a test run share."""

from __future__ import annotations

import itertools
import secrets
from typing import Any

from lab.estate.pieces import Pieces
from lab.process import Lab

from .drctl import Keys

REGIONS = ("ap-southeast-1", "ap-southeast-2", "us-east-1", "us-east-2")
ACCOUNT_KEYS = {"lab": "lab"}
# Workloads that one lab has to bear. What earlier tests have left in it is watched and measured
# for as long as it runs, and a lab that is busy with that answers late.
MOST_WORKLOADS = 12


class House:
    """A lab with what every act in it shares: topics, queues, and who may sign. A context."""

    def __init__(self, **settings: Any) -> None:
        self._settings = settings
        self._numbers = itertools.count(1)
        self._made = 0
        self._open()

    def _open(self) -> None:
        self.lab = Lab(seed=1, **self._settings).__enter__()
        self.pieces = Pieces(self.lab.url, "example.com")
        self.topics = {region: self.pieces.topic(region) for region in REGIONS}
        self._signers = dict(ACCOUNT_KEYS)
        self._made = 0

    def __enter__(self) -> House:
        return self

    def __exit__(self, *_: object) -> None:
        self.lab.__exit__()

    def tidy(self) -> None:
        """As at the beginning, for the next test; a lab with too much in it makes way for a new one."""
        if self._made >= MOST_WORKLOADS:
            self.lab.__exit__()
            self._open()
        self.lab.lift()
        self.lab.settings(**self._settings)

    def keys(self) -> Keys:
        """New ones; from the first on the lab checks every signature."""
        found = Keys(
            access_key="AKIA" + secrets.token_hex(8).upper(),
            secret=secrets.token_hex(20),
            token=secrets.token_hex(40),
        )
        self._signers[found.access_key] = found.secret
        self.lab.order("POST", "auth", {"keys": self._signers})
        return found

    def number(self) -> int:
        """For the name of one more workload."""
        self._made += 1
        return next(self._numbers)
