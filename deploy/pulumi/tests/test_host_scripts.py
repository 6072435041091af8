"""The host's scripts, run for real with stand-ins for AWS, drctl and systemd."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

HOST = Path(__file__).resolve().parents[1] / "host"

STAND_INS = {
    "aws": """
case "$*" in
    s3*config.yaml*) cp "$CLOUD/config.yaml" "${@: -1}" ;;
    secretsmanager*probe*) cat "$CLOUD/probe" ;;
    secretsmanager*webhook*) cat "$CLOUD/webhook" ;;
    *) exit 9 ;;
esac""",
    "drctl": '! grep -q refused "$3"',
    # runuser -u drctl -- COMMAND
    "runuser": 'shift 3; exec "$@"',
    "chgrp": ":",
    "systemctl": 'echo "$*" >> "$CLOUD/systemctl"; [ "$1" != is-active ] || [ -e "$CLOUD/active" ]',
}


class Host:
    """A host's /etc/drctl, and the cloud that it fetches from."""

    def __init__(self, folder: Path) -> None:
        self.etc, self.cloud, commands = folder / "etc", folder / "cloud", folder / "bin"
        for made in (self.etc, self.cloud, commands):
            made.mkdir()
        for name, body in STAND_INS.items():
            (commands / name).write_text(f"#!/bin/bash\n{body}\n")
            (commands / name).chmod(0o755)
        settings = "BUCKET='ops'\nREGION='eu-north-1'\nPROBE_SECRET='x/probe'\nHOOK_SECRET='x/webhook'\n"
        (self.etc / "host.env").write_text(settings)
        (self.cloud / "config.yaml").write_text("first\n")
        (self.cloud / "probe").write_text('{"username": "drctl_probe", "password": "pa\\"ss$word"}\n')
        (self.cloud / "webhook").write_text("0123456789abcdef\n")
        self._environment = {
            "PATH": f"{commands}:{os.environ['PATH']}",
            "CLOUD": str(self.cloud),
            "DRCTL_ETC": str(self.etc),
        }

    def refresh(self) -> "subprocess.CompletedProcess[str]":
        """One run."""
        command = ["bash", str(HOST / "drctl-refresh")]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)

    @property
    def restarts(self) -> int:
        """How often drctl was told to follow."""
        log = self.cloud / "systemctl"
        return log.read_text().count("reload-or-restart drctl") if log.exists() else 0


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


def test_the_first_run_brings_everything_and_starts_drctl(host: Host) -> None:
    done = host.refresh()
    assert done.returncode == 0, done.stderr
    assert (host.etc / "config.yaml").read_text() == "first\n"
    assert (host.etc / "probe.password").read_text() == 'pa"ss$word'
    assert (host.etc / "webhook.secret").read_text() == "0123456789abcdef\n"
    assert host.restarts == 1


def test_two_secrets_of_a_rotation_stay_two(host: Host) -> None:
    (host.cloud / "webhook").write_text("fedcba9876543210\n0123456789abcdef\n")
    host.refresh()
    assert (host.etc / "webhook.secret").read_text().split() == ["fedcba9876543210", "0123456789abcdef"]


def test_nobody_else_reads_what_it_brings(host: Host) -> None:
    host.refresh()
    for name in ("config.yaml", "probe.password", "webhook.secret"):
        assert stat.S_IMODE((host.etc / name).stat().st_mode) == 0o640, name


def test_no_secret_is_printed(host: Host) -> None:
    done = host.refresh()
    assert "word" not in done.stdout + done.stderr and "0123" not in done.stdout + done.stderr


def test_what_has_not_changed_disturbs_nobody(host: Host) -> None:
    host.refresh()
    (host.cloud / "active").touch()
    host.refresh()
    assert host.restarts == 1


def test_a_changed_configuration_is_followed(host: Host) -> None:
    host.refresh()
    (host.cloud / "active").touch()
    (host.cloud / "config.yaml").write_text("second\n")
    host.refresh()
    assert (host.etc / "config.yaml").read_text() == "second\n"
    assert host.restarts == 2


def test_a_refused_configuration_changes_nothing(host: Host) -> None:
    host.refresh()
    (host.cloud / "active").touch()
    (host.cloud / "config.yaml").write_text("refused\n")
    (host.cloud / "webhook").write_text("another-secret\n")
    done = host.refresh()
    assert done.returncode != 0 and "the old one stays" in done.stderr
    assert (host.etc / "config.yaml").read_text() == "first\n"
    assert (host.etc / "webhook.secret").read_text() == "0123456789abcdef\n"
    assert host.restarts == 1


def test_without_the_cloud_nothing_changes(host: Host) -> None:
    host.refresh()
    (host.cloud / "active").touch()
    (host.cloud / "probe").unlink()
    assert host.refresh().returncode != 0
    assert (host.etc / "probe.password").read_text() == 'pa"ss$word'
    assert host.restarts == 1


def test_nothing_is_left_lying_about(host: Host) -> None:
    host.refresh()
    (host.cloud / "config.yaml").write_text("refused\n")
    host.refresh()
    assert sorted(p.name for p in host.etc.iterdir()) == [
        "config.yaml",
        "host.env",
        "probe.password",
        "webhook.secret",
    ]


@pytest.mark.parametrize("script", ["install.sh", "drctl-refresh"])
def test_scripts_are_shell(script: str) -> None:
    assert subprocess.run(["bash", "-n", HOST / script], check=False).returncode == 0


def test_what_the_installer_uses_is_told_by_the_stack() -> None:
    """Every word in capitals that it does not set itself is in host.env."""
    import re

    from harness.systems import recording

    (told,) = [
        o for o in recording("postgres-dr").of("s3/bucketObjectv2:BucketObjectv2") if "host-env" in o.name
    ]
    keys = {line.split("=")[0] for line in told.inputs["content"].splitlines()}
    used = set(re.findall(r"\$\{?([A-Z][A-Z0-9_]+)", (HOST / "install.sh").read_text()))
    used |= set(re.findall(r"\$\{?([A-Z][A-Z0-9_]+)", (HOST / "drctl-refresh").read_text())) - {"DRCTL_ETC"}
    assert used <= keys, used - keys
