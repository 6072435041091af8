"""The service as it is shipped, with ten workloads: how soon it answers, and what it takes in peace."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import machine
from .served import PROBE_PORT, stand_in
from .table import Row

DRCTL = machine.BUILD / "release/drctl"
WORKLOADS, WARM_SECONDS, IDLE_SECONDS, QUESTIONS = 10, 25, 40, 20


def rows(folder: Path) -> list[Row]:
    with stand_in() as url, service(folder, url) as process:
        time.sleep(WARM_SECONDS)
        began, before = time.monotonic(), cpu(process)
        time.sleep(IDLE_SECONDS)
        share = (cpu(process) - before) / (time.monotonic() - began) * 100
        memory = proportional_mib(process)
        answers = [answer_time(folder) for _ in range(QUESTIONS)]
    wall = statistics.median(taken for taken, _ in answers) * 1e3
    busy = statistics.median(spent for _, spent in answers) * 1e3
    return [
        row("memory of the idle service (PSS)", f"{memory:.1f} MiB", "< 32 MiB", memory < 32, memory),
        row("CPU of the idle service", f"{share:.2f} % of a core", "< 1 %", share < 1, share),
        row("drctl status answers in", f"{wall:.0f} ms (CPU {busy:.0f} ms)", "< 50 ms", wall < 50, wall),
    ]


def row(what: str, ours: str, aim: str, met: bool, figure: float) -> Row:
    return Row("service", f"{what}, {WORKLOADS} workloads", ours, aim=aim, met=met, figures={"ours": figure})


@contextmanager
def service(folder: Path, url: str) -> Iterator[int]:
    """The process id."""
    (folder / "config.yaml").write_text(json.dumps(configuration(folder, url)))
    with (folder / "drctl.log").open("wb") as log:
        process = subprocess.Popen(
            machine.pinned(machine.CLIENT, DRCTL, "serve"), env=environment(folder), stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + 20
        while not (folder / "s.sock").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("drctl does not start: " + (folder / "drctl.log").read_text()[-2000:])
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def answer_time(folder: Path) -> tuple[float, float]:
    """Of one `drctl status`: by the clock, and of the processor."""
    before, began = children(), time.monotonic()
    done = subprocess.run(
        machine.pinned(machine.CLIENT, DRCTL, "status"),
        env=environment(folder),
        capture_output=True,
        text=True,
    )
    taken = time.monotonic() - began
    if done.returncode != 0 or "orders-9" not in done.stdout:
        raise RuntimeError(f"drctl status: {done.returncode}\n{done.stdout}{done.stderr}")
    return taken, children() - before


def children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def proportional_mib(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_EC2_METADATA_DISABLED": "true",
        "DRCTL_CONFIG": str(folder / "config.yaml"),
    }


def configuration(folder: Path, url: str) -> dict[str, Any]:
    """YAML holds JSON. The intervals are the defaults."""
    return {
        "controller": {
            "region": "eu-west-1",
            "journal": f"{folder}/journal.db",
            "socket": f"{folder}/s.sock",
        },
        "aws": {"endpoints": [{"url": url}]},
        "defaults": {
            "policy": {
                "mode": "observe",
                "witnesses": ["control-plane", "replication", "probe"],
                "quorum": 2,
                "maximum_data_loss": "2m",
            }
        },
        "workloads": {f"orders-{number}": workload(number) for number in range(WORKLOADS)},
    }


def workload(number: int) -> dict[str, Any]:
    def site(suffix: str) -> dict[str, str]:
        endpoint = f"127.1.{ord(suffix) - ord('a')}.{number + 1}:{PROBE_PORT}"
        return {"identifier": f"orders-{number}-{suffix}", "endpoint": endpoint}

    return {
        "primary_region": "us-east-1",
        "standby_region": "eu-west-1",
        "databases": {
            "orders": {
                "type": "rds-replica",
                "primary": site("a"),
                "standby": site("b"),
                "fencing": {"method": "quarantine", "security_groups": ["sg-0123456789abcdef0"]},
            }
        },
    }
