"""Which systems a change touches, so that only those are applied: `python tests/bridge/touched.py REV` tells
of everything since that commit, the working tree included."""

import ast
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2]
# What the other files of the program lead to without importing it: a function's sources, by their folder.
FUNCTIONS = "functions"


def systems() -> dict[str, Path]:
    """The file of each."""
    files = sorted((PROGRAM / "infra" / "systems").glob("*.py"))
    return {f.stem.replace("_", "-"): f for f in files if f.stem != "__init__"}


def leads_to(file: Path) -> set[Path]:
    """The program's files that this one imports, and theirs, and the folders of the functions they name."""
    found: set[Path] = set()
    waiting = [file]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += _imports(here) if here.suffix == ".py" else []
    return found


def _imports(file: Path) -> list[Path]:
    made = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            at = file.parents[node.level - 1]
            for part in (node.module or "").split("."):
                at = at / part if part else at
            made.append(at.with_suffix(".py"))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            made.append(PROGRAM / FUNCTIONS / node.value)
    return [f for f in made if f.exists()]


def touched(changed: Iterable[Path]) -> list[str]:
    """The systems that lead to any of these files. What no system leads to by name, such as the host's own
    files, is every system's."""
    reach = {name: leads_to(file) for name, file in systems().items()}
    example = {PROGRAM / "examples" / f"Pulumi.{name}.yaml": name for name in reach}
    found: set[str] = set()
    for file in changed:
        if file in example:
            found.add(example[file])
            continue
        asking = {name for name, files in reach.items() if files & {file, *file.parents}}
        matters = {"infra", "host"} & {parent.name for parent in file.parents}
        found |= asking or (set(reach) if matters or file.name == "__main__.py" else set())
    return sorted(found)


def since(revision: str) -> list[Path]:
    """Every file below the program that is not as it was then."""
    command = ["git", "diff", "--name-only", "--relative", revision, "--", "."]
    done = subprocess.run(command, cwd=PROGRAM, capture_output=True, text=True, check=True)
    return [PROGRAM / name for name in done.stdout.split()]


if __name__ == "__main__":
    print(*touched(since(sys.argv[1])))
