"""A machine with a real systemd and a real dpkg: this one's files under an overlay, in namespaces of its own.

Nothing that is installed, started or broken in it is seen outside; it shares the network, and so reaches the
lab.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

from lab.process import end_with_parent

from .waiting import wait_until

# /proc/sys and /sys stay as they are: what systemd would set there is the kernel's, and so everybody's.
BOOT = """
set -e
mount -t tmpfs -o mode=755 drctl-machine {folder}
mkdir {folder}/upper {folder}/work {folder}/root
mount -t overlay -o lowerdir=/,upperdir={folder}/upper,workdir={folder}/work overlay {folder}/root
cd {folder}/root
mount -t proc proc proc
mount -o bind proc/sys proc/sys
mount -o remount,ro,bind proc/sys
mount -t tmpfs -o mode=755 tmpfs run
# What lies in /tmp is not its own to tidy up.
mount -t tmpfs tmpfs tmp
mkdir -p run/lock
mount --rbind /dev dev
mount -t sysfs -o ro sysfs sys
mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 cgroup2 sys/fs/cgroup
rm -rf var/lib/drctl etc/drctl
mkdir var/tmp/outside
# Not chroot, in which the kernel allows no user namespaces, and so no PrivateUsers=.
pivot_root . var/tmp/outside
umount -l /var/tmp/outside
exec env -i container=drctl-test PATH=/usr/sbin:/usr/bin:/sbin:/bin \\
    /lib/systemd/systemd --system --unit=basic.target --log-target=journal
"""
NAMESPACES = ["--mount", "--pid", "--uts", "--ipc", "--cgroup"]


class Machine:
    """Booted on entry, and gone on exit with everything in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="drctl-machine-"))
        self._outer: subprocess.Popen[bytes] | None = None

    @staticmethod
    def why_not() -> str | None:
        """Why this machine cannot hold another one; None when it can."""
        if os.geteuid() != 0:
            return "needs root for its namespaces"
        if not Path("/lib/systemd/systemd").exists():
            return "needs systemd's files"
        trial = "mount -t tmpfs t /mnt && mkdir /mnt/a /mnt/b /mnt/c && mount -t cgroup2 c /mnt/a &&"
        trial += " mount -t overlay -o lowerdir=/,upperdir=/mnt/b,workdir=/mnt/c o /mnt/a"
        done = subprocess.run(["unshare", *NAMESPACES, "--fork", "sh", "-c", trial], capture_output=True)
        return None if done.returncode == 0 else f"namespaces are refused: {done.stderr.decode().strip()}"

    def __enter__(self) -> Machine:
        script = BOOT.format(folder=self.folder)
        self._outer = subprocess.Popen(
            ["unshare", *NAMESPACES, "--fork", "--kill-child", "sh", "-c", script],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        wait_until(self._is_up, "systemd is up", 30)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        if self._outer is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._outer.pid, signal.SIGKILL)
            self._outer.wait()
        self.folder.rmdir()

    def _is_up(self) -> bool:
        return self._inner() is not None and self.run("systemctl is-system-running").stdout.strip() in (
            "running",
            "degraded",
        )

    def _inner(self) -> str | None:
        """The process id of its systemd, as seen from outside."""
        assert self._outer is not None
        children = Path(f"/proc/{self._outer.pid}/task/{self._outer.pid}/children")
        found = children.read_text().split() if children.exists() else []
        return found[0] if found else None

    def run(self, command: str, seconds: float = 60, **env: str) -> subprocess.CompletedProcess[str]:
        """A root shell's command in it."""
        inner = self._inner()
        assert inner is not None, "the machine is down"
        return subprocess.run(
            ["nsenter", "-t", inner, "-m", "-p", "-u", "-i", "-C", "-r", "-w", "sh", "-c", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", **env},
        )

    def must(self, command: str, seconds: float = 60) -> str:
        """As `run`, and it has to work."""
        done = self.run(command, seconds)
        assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def write(self, path: str, content: str | bytes) -> None:
        """A file in it. Its /tmp and /run are its own, so that nothing of this machine's is found there."""
        data = content.encode() if isinstance(content, str) else content
        Path(f"/proc/{self._inner()}/root{path}").write_bytes(data)
