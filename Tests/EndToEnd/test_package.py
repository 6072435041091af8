"""The Debian package, with real dpkg and real systemd: installed, started, upgraded, removed, purged."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from staging.binary import drctl_binary
from staging.machine import Machine
from staging.runbook import Runbook, follow
from staging.stage import Stage
from staging.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
WHY_NOT = Machine.why_not()
pytestmark = pytest.mark.skipif(WHY_NOT is not None, reason=f"no machine in a machine here: {WHY_NOT}")


def build(folder: Path, version: str = "") -> Path:
    """A package of the binary under test."""
    tool = ROOT / ".build/debug/generate-manual"
    done = subprocess.run(
        [str(ROOT / "deploy/debian/build.sh"), str(drctl_binary()), str(tool), str(folder)],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DPKG_DEB": "-Znone", "PACKAGE_VERSION": version},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (package,) = folder.glob("*.deb")
    return package


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("package"))


@pytest.fixture
def machine() -> Iterator[Machine]:
    with Machine() as machine:
        yield machine


def install(machine: Machine, package: Path) -> None:
    machine.write("/var/tmp/drctl.deb", package.read_bytes())
    machine.must("dpkg -i /var/tmp/drctl.deb", 120)


def configure(machine: Machine, stage: Stage) -> None:
    """The administrator's part: the configuration, and keys for the lab in place of an instance profile."""
    stage.config["controller"] |= {"journal": "/var/lib/drctl/journal.db", "socket": "/run/drctl/drctl.sock"}
    stage.configure()
    machine.write("/etc/drctl/config.yaml", stage.drctl.config.read_text())
    keys = stage.keys
    machine.must("mkdir -p /etc/systemd/system/drctl.service.d")
    # The binary under test is a debug build: it brings no Swift runtime.
    machine.write(
        "/etc/systemd/system/drctl.service.d/lab.conf",
        "[Service]\n"
        f"Environment=AWS_ACCESS_KEY_ID={keys.access_key} AWS_SECRET_ACCESS_KEY={keys.secret}\n"
        f"Environment=AWS_SESSION_TOKEN={keys.token} AWS_EC2_METADATA_DISABLED=true\n",
    )
    machine.must("systemctl daemon-reload")


def start(machine: Machine) -> None:
    machine.must("drctl validate")
    done = machine.run("systemctl enable --now drctl")
    assert done.returncode == 0, done.stderr + machine.run("journalctl -u drctl --no-pager").stdout


def kill(machine: Machine) -> None:
    """Its one process, as the kernel would. Without `main` systemd goes through the control group's list of
    processes, which a control group in a namespace does not always give (EIO)."""
    machine.must("systemctl kill --kill-whom=main --signal=KILL drctl")


def status(machine: Machine) -> str:
    return machine.run("setpriv --reuid drctl --regid drctl --clear-groups drctl status").stdout


def test_from_the_package_to_a_watched_database(package: Path, machine: Machine, stage: Stage) -> None:
    """Installed, one file edited, started: watched by a service that is confined and that restarts."""
    name = stage.orders()
    install(machine, package)
    assert machine.must("drctl --version").strip()
    assert "root drctl 640" in machine.must("stat -c '%U %G %a' /etc/drctl/config.yaml")
    assert "drctl drctl 700" in machine.must("stat -c '%U %G %a' /var/lib/drctl")
    assert machine.run("systemctl is-active drctl").stdout.strip() == "inactive", "not before it is configured"

    configure(machine, stage)
    start(machine)
    wait_until(lambda: f"{name} is healthy" in status(machine), "healthy", 40, lambda: logs(machine))
    assert "readOnly" not in logs(machine)
    stranger = machine.run("cd / && setpriv --reuid nobody --regid nogroup --clear-groups drctl status")
    assert stranger.returncode == 2 and "sudo -u drctl drctl" in stranger.stderr, stranger.stderr

    # The journal has fields; the watchdog is armed; the process is not root's.
    assert machine.must(f"journalctl DRCTL_WORKLOAD={name} --no-pager -o cat")
    show = machine.must("systemctl show drctl -p WatchdogUSec -p MainPID -p User")
    assert "WatchdogUSec=1min" in show and "User=drctl" in show

    # Killed, it comes back by itself.
    before = main_pid(machine)
    kill(machine)
    wait_until(
        lambda: main_pid(machine) not in ("0", before) and "is healthy" in status(machine),
        "it is back",
        40,
        lambda: logs(machine),
    )

    # A bad configuration is refused and the old one stays; a good one is taken without a new process.
    before = main_pid(machine)
    machine.must("echo 'nonsense: true' >> /etc/drctl/config.yaml && systemctl reload drctl")
    wait_until(lambda: "reload refused" in logs(machine), "refused", 20)
    machine.must("sed -i '/nonsense/d' /etc/drctl/config.yaml && echo '# changed' >> /etc/drctl/config.yaml")
    machine.must("systemctl reload drctl")
    assert main_pid(machine) == before
    machine.must("systemctl stop drctl")
    assert "Deactivated successfully" in machine.must("journalctl -u drctl --no-pager -o cat")


# What sudo does here: as root, or as somebody else.
SUDO = """#!/bin/sh
[ "$1" = -u ] || exec "$@"
user=$2
shift 2
exec setpriv --reuid "$user" --regid "$user" --init-groups "$@"
"""


def documented() -> list[str]:
    """The commands of the README's part Install, without what is said beside them."""
    found = re.search(r"^## Install\n.*?^```\n(.*?)^```", (ROOT / "README.md").read_text(), re.S | re.M)
    assert found
    return [line.split(" #")[0].strip() for line in found[1].splitlines()]


def test_the_readme_leads_from_a_clean_machine_to_a_doctor_that_is_content(
    package: Path, machine: Machine, stage: Stage
) -> None:
    """Every command as it stands there; and one file is edited, after `drctl init` has written it."""
    name = stage.orders()
    estate = stage.estates[name]
    machine.write("/usr/bin/sudo", SUDO)
    unit = "/etc/systemd/system/drctl.service.d"
    machine.must(f"chmod 0755 /usr/bin/sudo && mkdir -p /root/.build/package {unit}")
    machine.write("/root/.build/package/drctl_0_all.deb", package.read_bytes())
    # In place of an instance profile, and of AWS.
    lab = {
        "AWS_ACCESS_KEY_ID": stage.keys.access_key,
        "AWS_SECRET_ACCESS_KEY": stage.keys.secret,
        "AWS_SESSION_TOKEN": stage.keys.token,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": stage.lab.url,
    }
    lines = "".join(f"Environment={key}={value}\n" for key, value in lab.items())
    machine.write(f"{unit}/lab.conf", f"[Service]\n{lines}")

    def typed(command: str) -> subprocess.CompletedProcess[str]:
        return machine.run(f"cd /root && {command}", 120, **lab)

    def edit() -> None:
        path = "/etc/drctl/config.yaml"
        config = yaml.safe_load(machine.must(f"cat {path}"))
        # Others of the lab are not this test's, and only its own servers know the lab's names.
        config["workloads"] = {f"{name}-primary": config["workloads"][f"{name}-primary"]}
        config["controller"]["resolvers"] = [stage.lab.dns]
        machine.write(path, yaml.safe_dump(config))

    make, *commands = documented()
    assert make == "make deb", "whose last step has made this package"
    for command in commands:
        if "drctl init" in command:
            regions = [estate[side]["region"] for side in ("primary", "standby")]
            done = typed(command.replace("us-east-1 us-east-2", " ".join(regions)))
            assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
            edit()
        elif "doctor" in command:
            wait_until(lambda: typed(command).returncode == 0, command, 60, lambda: typed(command).stdout)
        else:
            done = typed(command)
            assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}{logs(machine)}"
    assert f"{name}-primary is healthy" in status(machine)


def test_an_upgrade_keeps_journal_and_configuration_and_restarts(
    package: Path, machine: Machine, stage: Stage, tmp_path: Path
) -> None:
    name = stage.orders()
    install(machine, package)
    configure(machine, stage)
    start(machine)
    wait_until(lambda: f"{name} is healthy" in status(machine), "healthy", 40, lambda: logs(machine))
    machine.must(f"setpriv --reuid drctl --regid drctl --clear-groups drctl hold {name} --reason upgrade")
    before, edited = main_pid(machine), machine.must("md5sum /etc/drctl/config.yaml")
    install(machine, build(tmp_path, "9.9.9"))
    assert main_pid(machine) not in ("0", before), "the new version runs"
    assert machine.must("md5sum /etc/drctl/config.yaml") == edited
    wait_until(lambda: "upgrade" in status(machine), "the hold is remembered", 20, lambda: logs(machine))

    # A version that refuses the configuration is installed, and the one that runs goes on running.
    before = main_pid(machine)
    machine.must("echo 'nonsense: true' >> /etc/drctl/config.yaml")
    done = machine.run("dpkg -i /var/tmp/drctl.deb", 120)
    assert done.returncode == 0
    assert "keeps running" in done.stderr
    assert main_pid(machine) == before


def test_the_runbooks_of_the_service(package: Path, machine: Machine, stage: Stage) -> None:
    """The service has failed for good; then its journal is damaged."""
    name = stage.orders()
    install(machine, package)
    configure(machine, stage)
    journal = "/var/lib/drctl/journal.db"

    def shell(text: str) -> subprocess.CompletedProcess[str]:
        return machine.run(text, WORKLOAD=name, JOURNAL=journal)

    start(machine)
    kill(machine)
    machine.must("systemctl stop drctl")
    follow(Runbook("controller-down"), shell)
    machine.must("systemctl is-active drctl")

    machine.must(f"systemctl stop drctl && rm -f {journal}-* && head -c 4096 /dev/urandom > {journal}")
    assert machine.run("systemctl start drctl").returncode != 0, "it does not start on a journal that it cannot read"
    follow(Runbook("restoring-the-journal"), shell)
    wait_until(lambda: f"{name} is healthy" in status(machine), "healthy", 40, lambda: logs(machine))


def test_removed_it_leaves_the_journal_and_purge_asks(package: Path, machine: Machine) -> None:
    install(machine, package)
    machine.must("touch /var/lib/drctl/journal.db")
    machine.must("dpkg --remove drctl")
    assert machine.run("test -e /usr/bin/drctl").returncode != 0
    machine.must("test -e /etc/drctl/config.yaml -a -e /var/lib/drctl/journal.db")
    machine.must("dpkg --purge drctl")
    assert machine.run("test -e /etc/drctl").returncode != 0
    machine.must("test -e /var/lib/drctl/journal.db")

    install(machine, package)
    machine.must("echo 'drctl drctl/remove-journal boolean true' | debconf-set-selections")
    machine.must("dpkg --purge drctl")
    assert machine.run("test -e /var/lib/drctl").returncode != 0


def test_what_a_terminal_finds(package: Path) -> None:
    """Manual pages and completions come from the commands themselves."""
    listing = subprocess.run(["dpkg-deb", "-c", str(package)], capture_output=True, text=True, check=True).stdout
    for path in (
        "usr/share/man/man8/drctl.8.gz",
        "usr/share/man/man8/drctl-failover.8.gz",
        "usr/share/bash-completion/completions/drctl",
        "usr/share/zsh/vendor-completions/_drctl",
        "usr/share/fish/vendor_completions.d/drctl.fish",
        "usr/share/doc/drctl/runbooks/blocked-failover.md",
        "usr/share/doc/drctl/docs/webhook.md",
    ):
        assert f"./{path}\n" in listing, path
    for path in ("changelog.gz", "CHANGELOG.md", "copyright", "third-party.txt.gz"):
        assert f"./usr/share/doc/drctl/{path}\n" in listing, path
    fields = subprocess.run(["dpkg-deb", "-f", str(package)], capture_output=True, text=True, check=True).stdout
    for library in ("libcurl4", "libxml2", "libsqlite3-0", "libpq5", "libssl3", "libc6"):
        assert library in fields, fields


def test_manual_pages_are_found_by_the_names_that_they_refer_to_each_other_by(
    package: Path, tmp_path: Path
) -> None:
    """A verb's page is `man drctl-failover`; what is typed is `drctl failover`."""
    subprocess.run(["dpkg-deb", "-x", str(package), str(tmp_path)], check=True)
    files = sorted((tmp_path / "usr/share/man/man8").iterdir())
    texts = {file.name.removesuffix(".8.gz"): gzip.decompress(file.read_bytes()).decode() for file in files}
    for name, text in texts.items():
        assert f".Dt {name.upper()} 8\n" in text and f".Sh NAME\n.Nm {name}\n" in text, name
        assert f".Sh SYNOPSIS\n.Nm {name.replace('-', ' ')}\n" in text, name
        assert "\n\n" not in text, f"{name}: an empty line"
        for other in re.findall(r"^\.Xr (\S+)", text, re.M):
            assert other in texts, f"{name} refers to {other}"
    licences = gzip.decompress((tmp_path / "usr/share/doc/drctl/third-party.txt.gz").read_bytes())
    for library in (b"GRDB.swift/", b"Yams/", b"hummingbird/", b"swift-nio-ssl/"):
        assert b"==== " + library in licences, library


def test_the_same_input_gives_the_same_package(package: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == package.read_bytes()


def main_pid(machine: Machine) -> str:
    return machine.must("systemctl show drctl -p MainPID --value").strip()


def logs(machine: Machine) -> str:
    return machine.run("journalctl -u drctl --no-pager -o cat | tail -50").stdout
