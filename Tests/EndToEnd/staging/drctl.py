"""drctl itself: the service as a subprocess, and every verb of the command line."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from lab.process import end_with_parent

from .binary import drctl_binary

# Nothing on a command line takes longer in the lab, but for the verbs that follow a failover.
COMMAND_SECONDS = 60.0
STOP_SECONDS = 20.0
CRASH_POINT = "DRCTL_CRASH_AFTER_RECORDS"


@dataclass
class Output:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def __str__(self) -> str:
        return f"exit {self.code}\n{self.out}\n{self.err}"


@dataclass
class Keys:
    """Credentials that occur nowhere else, so that a leak is found by searching for them."""

    access_key: str
    secret: str
    token: str


class Drctl:
    """`config.yaml`, journal, socket and logs are in `folder`, which should have a short path."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder
        self.config = folder / "config.yaml"
        self.log = folder / "drctl.log"
        self.transcript = folder / "commands.log"
        self._keys = keys
        self._service: subprocess.Popen[bytes] | None = None
        self._binary = drctl_binary()

    def environment(self, **more: str) -> dict[str, str]:
        """Nothing of the shell's: no profile, no proxy, no Region of somebody else."""
        return {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.folder),
            "USER": "tester",
            "AWS_ACCESS_KEY_ID": self._keys.access_key,
            "AWS_SECRET_ACCESS_KEY": self._keys.secret,
            "AWS_SESSION_TOKEN": self._keys.token,
            "AWS_EC2_METADATA_DISABLED": "true",
            "DRCTL_CONFIG": str(self.config),
            **more,
        }

    def run(
        self, *arguments: str, seconds: float = COMMAND_SECONDS, env: dict[str, str] | None = None
    ) -> Output:
        """Runs one verb to its end; both streams are kept for the search for secrets."""
        done = subprocess.run(
            [str(self._binary), *arguments],
            cwd=self.folder,
            env=self.environment(**(env or {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
        )
        output = Output(done.returncode, done.stdout.decode(), done.stderr.decode())
        with self.transcript.open("a") as file:
            file.write(f"$ drctl {' '.join(arguments)}\n{output}\n")
        return output

    def serve(self, *options: str, crash_after: int = 0, env: dict[str, str] | None = None) -> None:
        """Starts the service; with `crash_after`, one that dies right after its n-th durable record."""
        crash = {CRASH_POINT: str(crash_after)} if crash_after else {}
        log: IO[bytes]
        with self.log.open("ab") as log:
            self._service = subprocess.Popen(
                [str(self._binary), "serve", *options],
                cwd=self.folder,
                env=self.environment(**crash, **(env or {})),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C is for whoever runs the tests, who then ends the service in order.
                start_new_session=True,
                preexec_fn=end_with_parent,
            )

    @property
    def pid(self) -> int:
        assert self._service is not None
        return self._service.pid

    @property
    def exit_code(self) -> int | None:
        """None while the service runs, or when none was started."""
        return self._service.poll() if self._service else None

    @property
    def running(self) -> bool:
        return self._service is not None and self._service.poll() is None

    def kill(self) -> None:
        """As a power cut would."""
        if self._service is not None:
            with contextlib.suppress(ProcessLookupError):
                self._service.send_signal(signal.SIGKILL)
            self._service.wait()

    def stop(self) -> int:
        """As systemd does; the exit code. TimeoutExpired when the service does not end."""
        if self._service is None:
            return 0
        if self._service.poll() is None:
            self._service.terminate()
        try:
            return self._service.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._service.kill()
            self._service.wait()
            raise

    def tail(self, lines: int = 25) -> str:
        if not self.log.exists():
            return "(no log)"
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
