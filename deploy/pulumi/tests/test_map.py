"""docs/infrastructure-map.md leads to lines and tests that are there."""

import ast
import functools
import re
from pathlib import Path

import pytest

from harness.systems import PROGRAM, SYSTEMS

TOP = PROGRAM.parents[1]
PAGE = (TOP / "docs" / "infrastructure-map.md").read_text()
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
REFERENCES = sorted(set(re.findall(r"`([\w./-]+\.py):([\w.]+)`", PAGE)))


@functools.cache
def symbols(file: Path) -> set[str]:
    """What a file defines: functions, classes, their methods, and its own names."""
    found: set[str] = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{f.name}" for f in node.body if isinstance(f, ast.FunctionDef)}
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def place(file: str) -> Path:
    """As the page says: the project's, a test's, the program's or one beside it."""
    if file.startswith("/"):
        return TOP / file.removeprefix("/")
    if file.startswith("test_"):
        return PROGRAM / "tests" / file
    beside = file.startswith(("functions/", "tests/"))
    return PROGRAM / file if beside else PROGRAM / "infra" / file


@pytest.mark.parametrize(("file", "symbol"), REFERENCES)
def test_it_is_there(file: str, symbol: str) -> None:
    assert place(file).exists(), file
    assert symbol in symbols(place(file)), f"{file} has no {symbol}"


def test_every_promise_has_its_place_and_every_system_its_promises() -> None:
    for row in ROWS:
        _, promise, where, _, _ = row.split("|")
        assert re.search(r"\.py:|\]\(", where), f"nowhere: {promise}"
    assert set(SYSTEMS) <= set(re.findall(r"\n## (\S+)\n", PAGE))
