"""Which systems a change touches, so that only those are applied: `python tests/bridge/touched.py REV` tells
of everything since that commit, the working tree included. `--minutes N` takes as many as N minutes allow,
and says which it leaves out. Without REV, the commit that this one can be compared with is found."""

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2]
# What the other files of the program lead to without importing it: a function's sources, by their folder.
FUNCTIONS = "functions"
# Apply, look, fail over, plan again, turn the roles, destroy: a stack on two slow cores.
MINUTES_A_STACK = 12
# By how much there is to make.
QUICKEST = ("postgres-dr", "orders", "plant", "payments", "shop")


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
        of_all = file.name == "__main__.py" or any((PROGRAM / f) in file.parents for f in ("infra", "host"))
        found |= asking or (set(reach) if of_all else set())
    return sorted(found)


def since(revision: str) -> list[Path]:
    """Every file below the program that is not as it was then."""
    named = _git("diff", "--name-only", "--relative", revision, "--", ".")
    if named is None:
        raise SystemExit(f"there is no commit {revision} to compare with")
    return [PROGRAM / name for name in named.split()]


def chosen(found: Iterable[str], minutes: int) -> list[str]:
    """As many as so many minutes allow, the quickest first: by the count and not by the clock, so that a
    change gives the same ones on every machine."""
    return sorted(found, key=QUICKEST.index)[: minutes // MINUTES_A_STACK]


def base() -> str | None:
    """The last commit that this one can be compared with: where its branch left main, or the one before."""
    head = _git("rev-parse", "HEAD")
    candidates = (_git("merge-base", "HEAD", "origin/main"), _git("rev-parse", "-q", "--verify", "HEAD~1"))
    return next((c for c in candidates if c and c != head), None)


def _git(*arguments: str) -> str | None:
    """None where git says no: a shallow clone has no history, an archive is no clone."""
    done = subprocess.run(["git", *arguments], cwd=PROGRAM, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def main() -> None:
    """Systems on the standard output, all else beside it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("revision", nargs="?")
    parser.add_argument("--minutes", type=int)
    given = parser.parse_args()
    revision = given.revision or base()
    if not revision:
        print("==> NOT TESTED: no stack is applied, there is no commit to compare with", file=sys.stderr)
        return
    found = touched(since(revision))
    if given.minutes is not None:
        taken = chosen(found, given.minutes)
        left = ", ".join(s for s in found if s not in taken)
        if left:
            said = f"touched since {revision[:12]}, and not applied within {given.minutes} minutes"
            print(f"==> NOT TESTED: {left}: {said}. `make test-infra` applies all", file=sys.stderr)
        found = taken
    print(*found)


if __name__ == "__main__":
    main()
