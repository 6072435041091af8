"""The container's recipe: what it says, what its commands do, and drctl as it runs there.

No image is built here: its commands are run on a machine of our own."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from staging.binary import drctl_binary
from staging.machine import Machine
from staging.stage import Stage
from staging.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
RECIPE = ROOT / "deploy" / "container" / "Containerfile"
Step = tuple[str, str]


def steps() -> list[Step]:
    """Instruction and argument, with continued lines joined."""
    text = re.sub(
        r"\\\n", " ", "\n".join(x for x in RECIPE.read_text().splitlines() if not x.startswith("#"))
    )
    return [
        (line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in text.splitlines() if line.strip()
    ]


def stage_steps(last: bool) -> list[Step]:
    """Of the build, or of what is shipped."""
    found = steps()
    starts = [place for place, (word, _) in enumerate(found) if word == "FROM"]
    assert len(starts) == 2
    return found[starts[1] :] if last else found[starts[0] : starts[1]]


def installed(found: list[Step]) -> set[str]:
    (command,) = [text for word, text in found if word == "RUN" and "apt-get install" in text]
    words = shlex.split(command.split("apt-get install", 1)[1].split("&&")[0])
    return {word for word in words if not word.startswith("-")}


def test_the_recipe_is_one_that_a_careful_person_would_write() -> None:
    words = [word for word, _ in steps()]
    assert "ADD" not in words, "nothing is fetched but packages of Debian's and of Swift's"
    bases = dict(text.split("=", 1) for word, text in steps() if word == "ARG")
    for image in bases.values():
        assert re.fullmatch(r"docker\.io/library/[a-z]+:[a-z0-9.-]+", image) and not image.endswith(":latest")
    shipped = stage_steps(last=True)
    assert ("USER", "10001:10001") in shipped
    after = shipped[shipped.index(("USER", "10001:10001")) :]
    assert not [word for word, _ in after if word in ("RUN", "COPY")], "nothing is made as the service's user"
    entry = json.loads(dict(shipped)["ENTRYPOINT"])
    command = json.loads(dict(shipped)["CMD"])
    assert entry == ["/usr/bin/drctl"] and command[:1] == ["serve"]
    # An argument or a variable of the environment would be in the image's history.
    assert not [text for _, text in steps() if re.search(r"(?i)(password|token|secret_key)\s*=", text)]
    (made,) = [text for word, text in stage_steps(last=False) if word == "RUN" and "swift build" in text]
    assert "--static-swift-stdlib" in made
    makefile = (ROOT / "Makefile").read_text()
    (wanted,) = re.findall(r"^APT_PACKAGES := (.*)$", makefile, re.MULTILINE)
    development = {name for name in wanted.split() if name.endswith("-dev")} | {"pkg-config"}
    assert installed(stage_steps(last=False)) == development, "as the Makefile has them"


def test_what_the_build_copies_is_let_through() -> None:
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for name in ("Package.swift", "Sources", "Tests", "runbooks", "config.yaml", "LICENSE"):
        assert name in allowed and (ROOT / name).exists()
    assert "Package.resolved" in allowed
    # SwiftPM wants the folder of every target that Package.swift names.
    left_out = {"EndToEnd", "Lab", "Fuzz"}
    named = set(re.findall(r'testTarget\(\s*name: "(\w+)"', (ROOT / "Package.swift").read_text()))
    assert named and not named & left_out


def test_the_packages_hold_every_library_that_the_binary_needs() -> None:
    found = subprocess.run(["ldd", str(drctl_binary())], capture_output=True, text=True, check=True).stdout
    paths = [Path(m[1]).resolve() for m in re.finditer(r"=> (/\S+)", found) if "/swift/" not in m[1]]
    assert paths
    needed = subprocess.run(
        ["objdump", "-p", str(drctl_binary())], capture_output=True, text=True, check=True
    )
    direct = set(re.findall(r"NEEDED\s+(\S+)", needed.stdout))
    owners = set()
    for line in re.finditer(r"(\S+) => (/\S+)", found):
        if line[1] not in direct or "/swift/" in line[2]:
            continue
        for path in (Path(line[2]).resolve(), Path(line[2])):
            done = subprocess.run(["dpkg-query", "-S", f"*/{path.name}"], capture_output=True, text=True)
            if done.returncode == 0:
                owners.add(done.stdout.split(":")[0])
                break
    missing = {name for name in owners if not name.startswith("libc6")} - installed(stage_steps(last=True))
    assert not missing, missing


@pytest.fixture
def machine() -> Iterator[Machine]:
    why_not = Machine.why_not()
    if why_not is not None:
        pytest.skip(f"no machine in a machine here: {why_not}")
    with Machine() as machine:
        yield machine


# As the container's engine does: a root that nobody can write to, but for the journal and the socket.
CONFINED = """unshare --mount sh -c '
mount -t tmpfs -o mode=0750,uid=10001,gid=10001 tmpfs /run/drctl
mount -t tmpfs -o mode=0700,uid=10001,gid=10001 tmpfs /var/lib/drctl
for place in / /run /tmp; do mount -o remount,bind,ro $place || exit 1; done
exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all \\
    env {env} {command}'
"""


def test_it_watches_a_database_with_a_read_only_root(machine: Machine, stage: Stage) -> None:
    name = stage.orders()
    for word, command in stage_steps(last=True):
        if word == "RUN" and "apt-get" not in command:
            machine.must(command)
    machine.write("/usr/bin/drctl", drctl_binary().read_bytes())
    machine.must("chmod 0755 /usr/bin/drctl")
    stage.config["controller"] |= {"journal": "/var/lib/drctl/journal.db", "socket": "/run/drctl/drctl.sock"}
    stage.configure()
    machine.write("/etc/drctl/config.yaml", stage.drctl.config.read_text())
    machine.must("chgrp drctl /etc/drctl/config.yaml && chmod 0640 /etc/drctl/config.yaml")
    environment = " ".join(
        f"{key}={value}" for key, value in stage.drctl.environment().items() if key.startswith("AWS_")
    )
    shipped = dict(stage_steps(last=True))
    command = " ".join(json.loads(shipped["ENTRYPOINT"]) + json.loads(shipped["CMD"]))
    machine.must(
        "systemd-run --unit container --collect sh -c "
        + shlex.quote(CONFINED.format(env=environment, command=command))
    )

    def inside(what: str) -> str:
        """In the confined process's own view."""
        found = machine.run(
            "pid=$(pgrep -u 10001 -x drctl) && nsenter -t $pid -m setpriv --reuid 10001 --regid 10001 "
            f"--clear-groups sh -c {shlex.quote(what)}"
        )
        return found.stdout + found.stderr

    wait_until(
        lambda: f"{name} is healthy" in inside("drctl status"),
        "healthy",
        60,
        lambda: machine.run("journalctl -u container --no-pager").stdout + inside("drctl status"),
    )
    for place in ("/run/x", "/tmp/x", "/var/tmp/x"):
        assert "Read-only file system" in inside(f"touch {place}"), place
    assert "journal.db" in inside("ls /var/lib/drctl")
    log = machine.run("journalctl -u container --no-pager -o cat").stdout
    assert [line for line in log.splitlines() if line.startswith("{") and json.loads(line)]
