"""One name for the test run, which its workers share, and nothing left behind."""

import os
import shutil
import tempfile
import uuid
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Chosen here, because pytest-xdist tells it to its workers alone."""
    if "PYTEST_XDIST_WORKER" not in os.environ and getattr(config.option, "testrunuid", "") is None:
        config.option.testrunuid = uuid.uuid4().hex


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The process that started the workers is the last one."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    for run in (f"process-{os.getpid()}", getattr(session.config.option, "testrunuid", None)):
        shutil.rmtree(Path(tempfile.gettempdir(), f"drctl-infra-{run}"), ignore_errors=True)
