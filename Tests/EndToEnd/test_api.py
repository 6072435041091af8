"""The operator API over TCP: who may read, who may act, and that nothing is done twice."""

from __future__ import annotations

import grp
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

from staging.api import ACTOR, API, READER
from staging.records import requests
from staging.stage import Stage

# What every answer has to be, whatever was asked.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "missing_required_header",
    "unsupported_method",
    "ignored_auth",
)
HOLD = {"verb": "hold", "by": "ana", "reason": "upgrade"}


def test_other_hosts_ask_over_tls_with_a_token(stage: Stage) -> None:
    name = stage.orders()
    api = API(stage, tokens=True, tls=True)
    stage.open()
    api.until_there()
    assert api.ask("/v1/status").status == 401
    assert api.ask("/v1/status", "drctl_nobody").status == 401
    view = api.ask(f"/v1/workloads/{name}", READER).json
    assert view["phase"] == "watching"

    holds = f"/v1/workloads/{name}/requests"
    assert api.ask(holds, READER, HOLD, Idempotency_Key="1").status == 403
    first = api.ask(holds, ACTOR, HOLD, Idempotency_Key="1")
    assert first.status == 200 and first.json["accepted"]
    again = api.ask(holds, ACTOR, HOLD, Idempotency_Key="1")
    assert again.json == {**first.json, "repeated": True}
    assert api.ask(holds, ACTOR, HOLD, Idempotency_Key="2").status == 409
    assert api.ask(holds, ACTOR, HOLD | {"by": "ben"}, Idempotency_Key="1").status == 422

    # A power cut: the journal remembers the key.
    stage.drctl.kill()
    stage.drctl.serve()
    api.until_there()
    later = api.ask(holds, ACTOR, HOLD, Idempotency_Key="1")
    assert later.status == 200 and later.json["accepted"] and later.json["repeated"]
    asked = [row for row in requests(stage.history()) if row.get("key") == "1"]
    assert [row["by"] for row in asked] == ["ana (token actor)"]
    # Nothing of a token is anywhere.
    for path in stage.folder.iterdir():
        if path.is_file():
            content = path.read_bytes()
            assert READER.encode() not in content and ACTOR.encode() not in content, path


def test_drctl_asks_a_service_elsewhere(stage: Stage) -> None:
    name = stage.orders(mode="approval")
    api = API(stage, tokens=True, tls=True)
    stage.open()
    api.until_there()
    token = Path(stage.folder / "actor.token")
    token.write_text(ACTOR + "\n")
    there = ["--server", api.url, "--token-file", str(token), "--ca-file", str(api.root)]
    # No configuration, no socket and no journal: as on another host.
    elsewhere = {"DRCTL_CONFIG": str(stage.folder / "nothing.yaml")}

    def run(*arguments: str, code: int = 0) -> str:
        output = stage.run(*arguments, *there, env=elsewhere)
        assert output.code == code, output
        return output.out + output.err

    assert f"{name}  WATCHING" in run("status", name)
    assert "hold" in run("hold", name, "--reason", "upgrade", "--by", "ana")
    assert "hold" in run("failover", name, "--dry-run", code=3)
    assert "ana" in run("release", name, "--reason", "done", "--by", "ana") + run("history", name)
    now = json.loads(run("status", "--json"))["now"]
    assert run("explain", name) and run("explain", name, "--at", now)
    for verb in (["failover", "--yes"], ["hold"], ["explain"], ["history"]):
        reason = [] if verb[0] in ("explain", "history") else ["--reason", "x"]
        assert f"did you mean {name}?" in run(*verb, f"{name}x", *reason, code=2)
    stage.outage(name)
    stage.until_phase(name, "awaiting-approval")
    assert f"{name}: " in run("approve", name, "--reason", "the Region is down")
    assert stage.view(name)["phase"] == "failed-over"
    token.write_text("drctl_stranger\n")
    assert "401" in run("status", code=2)
    for elsewhere_too in ("192.0.2.1", "127.0.0.1.example.com"):
        refused = stage.run("status", "--server", f"http://{elsewhere_too}:{api.port}")
        assert refused.code == 2 and "https" in refused.err
    token.unlink()


def test_a_group_may_use_the_socket(stage: Stage) -> None:
    stage.orders()
    stage.config["controller"]["socket_group"] = grp.getgrgid(os.getgid()).gr_name
    stage.open()
    mode = (stage.folder / "s.sock").stat()
    assert (stat.S_IMODE(mode.st_mode), mode.st_gid) == (0o660, os.getgid())


def test_whoever_fuzzes_the_api_finds_what_the_document_says(stage: Stage, tmp_path: Path) -> None:
    """Schemathesis, from the document that drctl itself serves: no 5xx, and nothing but what it describes."""
    name = stage.orders(mode="observe")
    api = API(stage, tokens=True)
    stage.open()
    api.until_there()
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(
        f'[parameters]\n"path.workload" = "{name}"\n'
        # A guard may refuse what is well said (409), and a key that was used before is (422).
        "[checks.positive_data_acceptance]\nexpected-statuses = [200, 404, 409, 422]\n"
    )
    tool = Path(sys.executable).with_name("schemathesis")
    found = subprocess.run(
        [
            *(tool, f"--config-file={settings}", "run", f"{api.url}/v1/openapi.json"),
            *("--header", f"Authorization: Bearer {ACTOR}", "--checks", ",".join(CHECKS), "--seed", "1"),
            *("--max-examples", "25", "--phases", "examples,coverage,fuzzing", "--no-color"),
            *("--request-timeout", "20", "--generation-database", "none"),
        ],
        text=True,
        capture_output=True,
        cwd=tmp_path,
        timeout=300,
    )
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
    assert stage.drctl.running
    assert api.ask("/v1/status", READER).status == 200
