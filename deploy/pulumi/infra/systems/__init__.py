"""One system a file: composition only. A system's file reads like the sentence that describes it."""

import importlib
from collections.abc import Callable

from ..outputs import Outputs
from ..reader import Reader
from ..settings import Settings

Build = Callable[[Settings, Reader], Outputs]


def system(name: str) -> Build:
    """What builds the system of that name. Loaded by need: the others cost seconds to import."""
    build: Build = importlib.import_module(f".{name.replace('-', '_')}", __name__).build
    return build
