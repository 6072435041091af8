"""docs/infrastructure-map.md leads to lines and tests that are there."""

import ast
import functools
import re
from pathlib import Path

import pytest

from harness.recording import ProgramFailed
from harness.systems import PROGRAM, SYSTEMS, recording

TOP = PROGRAM.parents[1]
PAGE = (TOP / "docs" / "infrastructure-map.md").read_text()
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
REFERENCES = sorted(set(re.findall(r"`([\w./-]+\.py):([\w.]+)`", PAGE)))

# Keys that the README or a comment tells of where they are needed.
RARE = {"primaryDatabaseId", "standbyDatabaseId", "hostImage"}


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
    beside = file.startswith(("applied/", "functions/", "tests/"))
    return PROGRAM / file if beside else PROGRAM / "infra" / file


@pytest.mark.parametrize(("file", "symbol"), REFERENCES)
def test_it_is_there(file: str, symbol: str) -> None:
    assert place(file).exists(), file
    assert symbol in symbols(place(file)), f"{file} has no {symbol}"


def test_every_promise_has_its_place_and_every_system_its_promises() -> None:
    for row in ROWS:
        _, promise, where, _, _ = row.split("|")
        assert re.search(r"\.py:|\]\(", where), f"nowhere: {promise}"
    headings = re.findall(r"\n## (.+)\n", PAGE)
    assert {*SYSTEMS, "All systems", "How it is proven"} <= set(headings)


def test_every_file_that_it_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", PAGE)
    assert len(links) > 5
    assert [link for link in links if not (TOP / "docs" / link).exists()] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_has_an_example_that_explains_its_keys(system: str) -> None:
    """Those that a stack may leave out stand there as comments."""
    text = (PROGRAM / "examples" / f"Pulumi.{system}.yaml").read_text()
    assert f"drctl:system: {system}" in text
    explained = set(re.findall(r"^ +#?drctl:(\w+):", text, re.MULTILINE))
    with pytest.raises(ProgramFailed) as refused:
        recording(system, zzz="1")
    (known,) = re.findall(r"this system has ([\w, ]+)", str(refused.value))
    assert set(known.split(", ")) - explained - RARE == set()


def test_the_provider_is_pinned() -> None:
    assert "pulumi-aws==6.83." in (PROGRAM / "requirements.txt").read_text()


def test_the_costs_of_every_system_are_noted() -> None:
    """And those that surprise: NAT gateways, a second zone, ARC."""
    strategy = (TOP / "docs" / "strategy.md").read_text()
    (costs,) = re.findall(r"\n## What it costs\n(.+?)\n## ", strategy, re.DOTALL)
    assert [word for word in ("NAT gateway", "Multi-AZ doubles", "ARC ") if word not in costs] == []
    assert [system for system in SYSTEMS if f"`{system}`" not in costs] == []


def test_no_component_is_too_long_to_be_read_in_one_sitting() -> None:
    files = sorted((PROGRAM / "infra" / "components").glob("*.py"))
    assert len(files) > 14
    assert {f.name for f in files if len(f.read_text().splitlines()) > 200} == set()
