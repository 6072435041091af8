"""Which systems a change touches."""

import shutil
import subprocess
from pathlib import Path

import pytest
from bridge.touched import MINUTES_A_STACK, PROGRAM, QUICKEST, base, chosen, touched

from harness.systems import SYSTEMS

ALL = sorted(SYSTEMS)


@pytest.mark.parametrize(
    ("changed", "systems"),
    [
        ("infra/systems/shop.py", ["shop"]),
        ("examples/Pulumi.plant.yaml", ["plant"]),
        ("infra/components/cache.py", ["orders"]),
        ("infra/components/global_table.py", ["payments", "plant"]),
        ("infra/components/alarms.py", ["orders", "plant", "postgres-dr", "shop"]),
        ("infra/components/network.py", ALL),
        ("infra/naming.py", ALL),
        ("functions/stream_processor/state.py", ["plant"]),
        ("functions/service_capacity/handler.py", ["orders"]),
        ("functions/database_watch/look.py", ALL),
        ("host/install.sh", ALL),
        ("__main__.py", ALL),
        ("README.md", []),
        ("tests/test_shop.py", []),
    ],
)
def test_a_change_touches_the_systems_that_lead_to_it(changed: str, systems: list[str]) -> None:
    assert (PROGRAM / changed).exists()
    assert touched([PROGRAM / changed]) == systems


def test_where_the_checkout_stands_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither below a folder that is called like one of the program's."""
    program = tmp_path / "infra" / "host"
    shutil.copytree(PROGRAM / "infra", program / "infra")
    monkeypatch.setattr("bridge.touched.PROGRAM", program)
    assert touched([program / "README.md"]) == []
    assert touched([program / "infra" / "naming.py"]) == touched([program / "host" / "install.sh"]) == ALL


def test_several_changes_touch_what_each_of_them_does() -> None:
    changed = [PROGRAM / "infra" / "systems" / f"{name}.py" for name in ("shop", "plant")]
    assert touched(changed) == ["plant", "shop"]


def test_as_many_are_applied_as_the_minutes_allow_the_quickest_first() -> None:
    assert sorted(QUICKEST) == ALL
    assert chosen(ALL, MINUTES_A_STACK - 1) == []
    assert chosen(ALL, MINUTES_A_STACK) == ["postgres-dr"]
    assert chosen(["shop", "plant"], MINUTES_A_STACK) == ["plant"]
    assert chosen(["shop", "plant"], 2 * MINUTES_A_STACK) == ["plant", "shop"]
    assert chosen(ALL, 60 * MINUTES_A_STACK) == list(QUICKEST)
    assert chosen([], 60) == []


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two commits, in the program's place."""
    monkeypatch.setattr("bridge.touched.PROGRAM", tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    for number in (1, 2):
        (tmp_path / "file").write_text(str(number))
        git(tmp_path, "add", "file")
        git(tmp_path, "commit", "-q", "-m", f"commit {number}")
    return tmp_path


def git(where: Path, *arguments: str) -> str:
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    done = subprocess.run(["git", *author, *arguments], cwd=where, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_commit_on_main_is_compared_with_the_one_before_it(clone: Path) -> None:
    git(clone, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert base() == git(clone, "rev-parse", "HEAD~1")


def test_a_branch_is_compared_with_where_it_left_main(clone: Path) -> None:
    git(clone, "update-ref", "refs/remotes/origin/main", "HEAD~1")
    git(clone, "commit", "-q", "--allow-empty", "-m", "commit 3")
    assert base() == git(clone, "rev-parse", "HEAD~2")


def test_without_history_there_is_nothing_to_compare_with(clone: Path, tmp_path: Path) -> None:
    git(clone, "checkout", "-q", "--orphan", "alone")
    git(clone, "commit", "-q", "-m", "the first")
    assert base() is None
