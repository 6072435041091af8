"""What the figures were measured on, and how a process is kept to one core."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[3]
BUILD = REPOSITORY / ".build"
# Whoever is measured has the last core, whoever serves it the first one.
CORES = sorted(os.sched_getaffinity(0))
CLIENT, SERVER = CORES[-1], CORES[0]


def pinned(core: int, *command: str | Path) -> list[str]:
    return ["taskset", "-c", str(core), *map(str, command)]


def facts() -> dict[str, Any]:
    def output(*command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY)
        return (done.stdout or done.stderr).strip().split("\n")[0]

    cpu = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    memory = Path("/proc/meminfo").read_text().split("\n")[0].split()[1]
    return {
        "cpu": cpu[0].split(": ", 1)[1] if cpu else platform.processor(),
        "cores": len(CORES),
        "memory_mib": int(memory) // 1024,
        "kernel": platform.release(),
        "swift": output("swift", "--version"),
        "openssl": output("openssl", "version"),
        "curl": output("pkg-config", "--modversion", "libcurl"),
        "nginx": output("/usr/sbin/nginx", "-v"),
        "python": platform.python_version(),
        "commit": output("git", "rev-parse", "--short", "HEAD"),
        "changed": bool(output("git", "status", "--porcelain", "--untracked-files=no")),
    }


def load() -> float:
    """How many processes wanted a core over the last minute."""
    return round(os.getloadavg()[0], 1)
