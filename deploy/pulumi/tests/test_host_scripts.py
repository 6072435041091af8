"""The host's scripts, run for real with stand-ins for AWS, drctl and systemd."""

import hashlib
import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

HOST = Path(__file__).resolve().parents[1] / "host"

# What says "aws ... DESTINATION" in the scripts is fetched from the folder $CLOUD.
STAND_INS = {
    "aws": """
to="${@: -1}"
case "$*" in
    s3*--recursive*) mkdir -p "$to" && cp "$CLOUD"/host/* "$to" ;;
    s3*config.yaml*) cp "$CLOUD/config.yaml" "$to" ;;
    s3*artifacts*) cp "$CLOUD/package" "$to" ;;
    secretsmanager*probe*) cat "$CLOUD/probe" ;;
    secretsmanager*another*) echo another-secret ;;
    secretsmanager*webhook*) cat "$CLOUD/webhook" ;;
    sns*) echo "$*" >> "$CLOUD/asked"; cat "$CLOUD/subscription" ;;
    *) exit 9 ;;
esac""",
    "apt-get": ":",
    # runuser -u drctl -- COMMAND
    "runuser": 'shift 3; exec "$@"',
    "chgrp": ":",
    # The service answers where one was started that starts.
    "curl": '[ -e "$CLOUD/active" ]',
    "systemctl": """
echo "$*" >> "$CLOUD/systemctl"
case "$1" in
    is-active) [ -e "$CLOUD/active" ] ;;
    restart | reload-or-restart)
        rm -f "$CLOUD/active"
        grep -q "does not start" "$DRCTL_BINARY" && exit 1
        cp "$DRCTL_ETC/config.yaml" "$CLOUD/active" ;;
esac""",
    # As much of host/install.sh as can be undone.
    "install.sh": """
here=$(dirname "$0")
echo set up >> "$CLOUD/installed"
grep -q broken "$here/webhook-tls.conf" && exit 1
cp "$here/host.env" "$DRCTL_ETC/host.env" """,
}
DRCTL = '#!/bin/bash\n# {release}\n! grep -q refused "$3"\n'
TOPICS = [f"arn:aws:sns:{region}:123456789012:notices" for region in ("eu-north-1", "eu-west-1")]


class Host:
    """A host's folders, and the cloud that it fetches from."""

    def __init__(self, folder: Path) -> None:
        self.etc, self.cloud, self.own = folder / "etc", folder / "cloud", folder / "own"
        self.packages, commands, units = folder / "packages", folder / "bin", folder / "units"
        for made in (self.etc, self.cloud, self.cloud / "host", commands, units):
            made.mkdir()
        for name, body in STAND_INS.items():
            place = self.cloud / "host" if name == "install.sh" else commands
            (place / name).write_text(f"#!/bin/bash\n{body}\n")
            (place / name).chmod(0o755)
        self.said: dict[str, str] = {
            "BUCKET": "ops",
            "REGION": "eu-north-1",
            "PROBE_SECRET": "x/probe",
            "HOOK_SECRET": "x/webhook",
            "HOOK_URL": "https://hooks.example.com/hooks/sns",
            "TOPICS": " ".join(TOPICS),
            "PACKAGE": "s3://artifacts/drctl",
            "PACKAGE_REGION": "eu-north-1",
        }
        self.release("1.0")
        (self.etc / "host.env").write_text((self.cloud / "host" / "host.env").read_text())
        (self.cloud / "host" / "webhook-tls.conf").write_text("server {}\n")
        (self.cloud / "host" / "drctl.service").write_text("[Service]\n")
        (self.cloud / "config.yaml").write_text("first\n")
        (self.cloud / "probe").write_text('{"username": "drctl_probe", "password": "pa\\"ss$word"}\n')
        (self.cloud / "webhook").write_text("0123456789abcdef\n")
        (self.cloud / "subscription").write_text("pending confirmation\n")
        self.binary = commands / "drctl"
        self._environment = {
            "PATH": f"{commands}:{os.environ['PATH']}",
            "CLOUD": str(self.cloud),
            "DRCTL_ETC": str(self.etc),
            "DRCTL_HOST": str(self.own),
            "DRCTL_PACKAGE": str(folder / "drctl-package"),
            "DRCTL_PACKAGES": str(self.packages),
            "DRCTL_BINARY": str(self.binary),
            "DRCTL_UNITS": str(units),
        }
        (folder / "drctl-package").write_text((HOST / "drctl-package").read_text())
        (folder / "drctl-package").chmod(0o755)

    def release(self, name: str, sha256: str | None = None) -> None:
        """The stack names another drctl."""
        (self.cloud / "package").write_text(DRCTL.format(release=name))
        actual = hashlib.sha256((self.cloud / "package").read_bytes()).hexdigest()
        self.say(PACKAGE_SHA256=sha256 or actual)

    def say(self, **more: str) -> None:
        """What the stack says to the host."""
        self.said |= more
        lines = [f"{key}='{value}'\n" for key, value in self.said.items()]
        (self.cloud / "host" / "host.env").write_text("".join(lines))

    def refresh(self) -> "subprocess.CompletedProcess[str]":
        """One run."""
        command = ["bash", str(HOST / "drctl-refresh")]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)

    @property
    def running(self) -> str | None:
        """The configuration that drctl runs with."""
        active = self.cloud / "active"
        return active.read_text() if active.exists() else None

    @property
    def installed(self) -> str:
        """The release that is there."""
        return self.binary.read_text().splitlines()[1].removeprefix("# ")

    @property
    def restarts(self) -> int:
        """How often drctl was told to follow, or to begin again."""
        log = self.cloud / "systemctl"
        return len(re.findall(r"restart drctl", log.read_text())) if log.exists() else 0


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
    host.refresh()
    assert host.restarts == 1


def test_a_changed_configuration_is_followed(host: Host) -> None:
    host.refresh()
    (host.cloud / "config.yaml").write_text("second\n")
    host.refresh()
    assert (host.etc / "config.yaml").read_text() == "second\n"
    assert host.restarts == 2


def test_a_refused_configuration_changes_nothing(host: Host) -> None:
    host.refresh()
    (host.cloud / "config.yaml").write_text("refused\n")
    (host.cloud / "webhook").write_text("another-secret\n")
    done = host.refresh()
    assert done.returncode != 0 and "the old one stays" in done.stderr
    assert (host.etc / "config.yaml").read_text() == "first\n"
    assert (host.etc / "webhook.secret").read_text() == "0123456789abcdef\n"
    assert host.restarts == 1


def test_a_probe_that_is_named_later_arrives(host: Host) -> None:
    host.say(PROBE_SECRET="")
    host.refresh()
    assert not (host.etc / "probe.password").exists()
    host.say(PROBE_SECRET="x/probe")
    assert host.refresh().returncode == 0
    assert (host.etc / "probe.password").read_text() == 'pa"ss$word'


def test_a_secret_of_another_name_is_followed(host: Host) -> None:
    """The watchers sign with it from the same `pulumi up` on."""
    host.refresh()
    host.say(HOOK_SECRET="x/another")
    assert host.refresh().returncode == 0
    assert (host.etc / "webhook.secret").read_text() == "another-secret\n"


def test_a_new_package_is_installed_and_started(host: Host) -> None:
    host.refresh()
    host.release("2.0")
    done = host.refresh()
    assert done.returncode == 0, done.stderr
    assert host.installed == "2.0" and host.running == "first\n"
    assert host.restarts == 2


def test_the_package_that_is_there_is_not_fetched_again(host: Host) -> None:
    host.refresh()
    (host.cloud / "package").unlink()
    assert host.refresh().returncode == 0
    assert host.restarts == 1


def test_a_package_that_is_not_the_one_that_was_named_is_refused(host: Host) -> None:
    host.refresh()
    host.release("2.0", sha256="0" * 64)
    (host.cloud / "config.yaml").write_text("second\n")
    done = host.refresh()
    assert done.returncode != 0 and "is refused: the one that is installed stays" in done.stderr
    assert host.installed == "1.0"
    assert host.running == "second\n", "what the stack says is followed all the same"


def test_a_package_that_does_not_run_here_is_refused_before_it_replaces_anything(host: Host) -> None:
    host.refresh()
    host.release("2.0\nexit 1")
    assert host.refresh().returncode != 0
    assert host.installed == "1.0" and host.running == "first\n"
    assert host.restarts == 1, "what runs was left alone"


def test_a_package_that_refuses_the_configuration_is_not_installed(host: Host) -> None:
    host.refresh()
    host.release("2.0")
    (host.cloud / "config.yaml").write_text("refused\n")
    assert host.refresh().returncode != 0
    assert host.installed == "1.0" and host.running == "first\n"


def test_a_package_that_does_not_start_makes_way_for_the_last_one(host: Host) -> None:
    host.refresh()
    host.release("does not start")
    (host.cloud / "config.yaml").write_text("second\n")
    done = host.refresh()
    assert done.returncode != 0 and "back to the last one" in done.stderr
    assert host.installed == "1.0" and host.running == "first\n", "and with the settings that it had"


def test_what_did_not_start_once_is_not_tried_every_five_minutes(host: Host) -> None:
    host.refresh()
    host.release("does not start")
    host.refresh()
    restarts = host.restarts
    done = host.refresh()
    assert done.returncode != 0 and "did not start here" in done.stderr
    assert host.running and host.restarts == restarts
    host.release("3.0")
    assert host.refresh().returncode == 0
    assert host.installed == "3.0"


def test_the_hosts_own_files_are_followed(host: Host) -> None:
    host.refresh()
    assert (host.cloud / "installed").read_text().count("set up") == 1
    host.refresh()
    assert (host.cloud / "installed").read_text().count("set up") == 1, "what has not changed is left alone"
    (host.cloud / "host" / "webhook-tls.conf").write_text("server { listen 8443; }\n")
    assert host.refresh().returncode == 0
    assert (host.cloud / "installed").read_text().count("set up") == 2
    assert "8443" in (host.own / "webhook-tls.conf").read_text()


def test_files_that_cannot_be_set_up_hold_nothing_else_up(host: Host) -> None:
    host.refresh()
    (host.cloud / "host" / "webhook-tls.conf").write_text("broken\n")
    (host.cloud / "config.yaml").write_text("second\n")
    done = host.refresh()
    assert done.returncode != 0 and "could not be set up anew" in done.stderr
    assert host.running == "second\n"
    assert "broken" not in (host.own / "webhook-tls.conf").read_text(), "so that the next run tries again"


def test_it_asks_for_its_alarms_until_they_come(host: Host) -> None:
    """By then SNS has long given up asking for the confirmation of what the stack subscribed."""
    done = host.refresh()
    asked = (host.cloud / "asked").read_text().splitlines()
    assert [line.split()[3] for line in asked] == ["eu-north-1", "eu-west-1"], "each in its topic's Region"
    for line, topic in zip(asked, TOPICS, strict=True):
        assert f"--topic-arn {topic} --protocol https" in line
        assert "--notification-endpoint https://hooks.example.com/hooks/sns" in line
    assert done.stdout.count("do not come yet") == 2 and done.returncode == 0
    (host.cloud / "subscription").write_text(f"{TOPICS[0]}:4cbc8f60\n")
    assert "do not come yet" not in host.refresh().stdout


def test_nobody_is_asked_while_drctl_does_not_answer(host: Host) -> None:
    host.release("does not start")
    host.refresh()
    assert not (host.cloud / "asked").exists()


def test_a_topic_that_cannot_be_asked_is_told_and_stops_nothing(host: Host) -> None:
    (host.cloud / "subscription").unlink()
    done = host.refresh()
    assert done.returncode != 0 and done.stderr.count("could not be asked for") == 2
    assert host.running == "first\n"


def test_without_the_cloud_nothing_changes(host: Host) -> None:
    host.refresh()
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


@pytest.mark.parametrize("script", ["install.sh", "drctl-package", "drctl-refresh"])
def test_scripts_are_shell(script: str) -> None:
    assert subprocess.run(["bash", "-n", HOST / script], check=False).returncode == 0


def test_what_the_installer_uses_is_told_by_the_stack() -> None:
    """Every word in capitals that it does not set itself is in host.env."""
    from harness.systems import recording

    (told,) = [
        o for o in recording("postgres-dr").of("s3/bucketObjectv2:BucketObjectv2") if "host-env" in o.name
    ]
    keys = {line.split("=")[0] for line in told.inputs["content"].splitlines()}
    used, own = set(), set()
    for script in ("install.sh", "drctl-package", "drctl-refresh"):
        text = (HOST / script).read_text()
        used |= set(re.findall(r"\$\{?([A-Z][A-Z0-9_]+)", text))
        own |= set(re.findall(r"^([A-Z][A-Z0-9_]+)=", text, re.MULTILINE)) | {"DRCTL_ETC", "DRCTL_HOST"}
    own |= {"DRCTL_PACKAGE", "DRCTL_PACKAGES", "DRCTL_BINARY", "DRCTL_UNITS"}
    assert used - own <= keys, used - own - keys
