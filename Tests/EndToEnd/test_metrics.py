"""What a collector on the same host finds."""

from __future__ import annotations

import http.client
import re
import subprocess

from staging.binary import ROOT
from staging.stage import Stage
from staging.webhook import free_port

LINE = re.compile(r'^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\]|\\.)*",?)*)\})? (-?[0-9.e+-]+)$')


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def follows_conventions(page: str) -> None:
    """Names, units and types as Prometheus' own checker wants them."""
    checker = ROOT / ".build" / "tools" / "promtool"
    found = subprocess.run([checker, "check", "metrics"], input=page, text=True, capture_output=True)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_metrics_tell_what_status_tells(stage: Stage) -> None:
    name = stage.orders()
    port = free_port()
    stage.config["controller"]["metrics"] = f"127.0.0.1:{port}"
    stage.open()
    status, page = get(port, "/metrics")
    assert status == 200
    for line in page.splitlines():
        assert line.startswith("# ") or LINE.match(line), line
    for sample in (
        f'drctl_workload_verdict{{workload="{name}",verdict="healthy"}} 1',
        f'drctl_workload_phase{{workload="{name}",phase="watching"}} 1',
        f'drctl_workload_phase{{workload="{name}",phase="failed-over"}} 0',
        f'drctl_workload_exposed{{workload="{name}"}} 0',
        "drctl_ready 1",
        "drctl_leader 1",
    ):
        assert sample in page, sample
    assert re.search(
        r'drctl_aws_calls_total\{service="rds",operation="DescribeDBInstances",'
        r'region="[a-z0-9-]+",attempt="first",outcome="ok"\}',
        page,
    )
    assert get(port, "/readyz") == (200, "ok\n")
    assert get(port, "/livez") == (200, "ok\n")

    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    page = get(port, "/metrics")[1]
    follows_conventions(page)
    assert f'drctl_workload_exposed{{workload="{name}"}} 1' in page
    assert re.search(rf'drctl_last_failover_predicted_loss_seconds\{{workload="{name}"\}} [0-9.]+', page)
    found = re.search(rf'drctl_last_failover_rto_seconds\{{workload="{name}"\}} ([0-9.]+)', page)
    assert found and 0 < float(found[1]) < 60
