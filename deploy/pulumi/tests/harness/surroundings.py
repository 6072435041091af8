"""What a function finds when it starts: its Region, credentials that open nothing, and its own variables."""

import pytest


def surround(monkeypatch: pytest.MonkeyPatch, region: str, **variables: str) -> None:
    """As Lambda sets them."""
    given = {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    for name, value in {**given, **keys, **variables}.items():
        monkeypatch.setenv(name, value)
