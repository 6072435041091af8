"""The lab as a subprocess, for tests: `with Lab() as lab: lab.client("rds", "us-east-1")`."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

START_SECONDS = 120.0
STOP_SECONDS = 10.0
# Loaded here, because between fork and exec nothing more should happen than the call. 1 is PR_SET_PDEATHSIG.
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Run in a new child: whoever is killed in the middle of a test takes it along (Linux)."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class LabError(Exception):
    """The lab did not start, or refused an order; the text says why."""


class Lab:
    def __init__(self, seed: int = 1, **settings: Any) -> None:
        self._seed = seed
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: dict[Any, Any] = {}
        self.url = self.dns = self.control = ""

    def __enter__(self) -> Lab:
        folder = Path(__file__).resolve().parent.parent
        port_file = Path(tempfile.mkdtemp(prefix="lab-")) / "ports.json"
        command = [sys.executable, "-m", "lab", "--port-file", str(port_file), "--seed", str(self._seed)]
        command += ["--settings", json.dumps(self._settings)]
        environment = {**os.environ, "PYTHONPATH": str(folder)}
        self._process = subprocess.Popen(command, cwd=folder, env=environment, preexec_fn=end_with_parent)
        end = time.monotonic() + START_SECONDS
        while not port_file.exists():
            if self._process.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise LabError("the lab did not start")
            time.sleep(0.02)
        ports = json.loads(port_file.read_text())
        self.url, self.dns, self.control = ports["url"], ports["dns"], ports["control"]
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def order(self, method: str, path: str, body: Any = None) -> Any:
        """One call of the control API. LabError carries the lab's own words."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.control}/{path}", data=data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                return json.loads(reply.read())
        except urllib.error.HTTPError as error:
            raise LabError(f"{method} {path}: {error.read().decode()}") from error

    def settings(self, **changes: Any) -> Any:
        return self.order("POST", "settings", changes)

    def fault(self, kind: str, **spec: Any) -> str:
        return str(self.order("POST", "faults", {"kind": kind, **spec})["id"])

    def lift(self, fault: str = "") -> None:
        self.order("DELETE", f"faults/{fault}" if fault else "faults")

    def state(self) -> Any:
        return self.order("GET", "state")

    def calls(self, **wanted: str) -> Any:
        query = "&".join(f"{name}={value}" for name, value in wanted.items())
        return self.order("GET", f"calls?{query}")

    def database(self, region: str, identifier: str, kind: str = "") -> Any:
        for row in self.state()["databases"]:
            if (row["region"], row["identifier"]) == (region, identifier) and kind in ("", row["kind"]):
                return row
        raise LabError(f"no database {identifier} in {region}")

    def client(self, service: str, region: str, **config: Any) -> Any:
        """Kept and used again: boto3 takes a tenth of a second to make one."""
        key = (service, region, tuple(sorted(config.items())))
        if key not in self._clients:
            self._clients[key] = connect(self.url, service, region, **config)
        return self._clients[key]


def connect(url: str, service: str, region: str, **config: Any) -> Any:
    """A boto3 client of the lab that does not retry, so that a test sees every reply."""
    import boto3
    from botocore.config import Config

    return boto3.client(
        service,
        region_name=region,
        endpoint_url=url,
        aws_access_key_id="lab",
        aws_secret_access_key="lab",
        config=Config(
            retries={"total_max_attempts": 1}, **{"connect_timeout": 5, "read_timeout": 10, **config}
        ),
    )
