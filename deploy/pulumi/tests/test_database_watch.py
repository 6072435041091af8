"""The watcher, against moto's AWS and a real web server that checks the signature as drctl does."""

import datetime
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import boto3
import pytest
from moto import mock_aws

from functions.database_watch import handler, hook, look

KEY = "0123456789abcdef" * 4
REGION = "eu-north-1"
WATCHED = look.Watched(REGION, "orders", "drctl/databases")


class Hook:
    """drctl's webhook, as far as the watcher sees it."""

    def __init__(self, status: int) -> None:
        self.took: list[tuple[dict[str, str], bytes]] = []
        took = self.took

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                took.append((dict(self.headers.items()), body))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hooks/generic"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database, a sample of its probe, and the key."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        boto3.client("rds", REGION).create_db_instance(
            DBInstanceIdentifier="orders", DBInstanceClass="db.m7g.large", Engine="postgres"
        )
        boto3.client("secretsmanager", REGION).create_secret(Name="webhook", SecretString=KEY)
        yield


def sample(
    metric: str,
    value: float,
    namespace: str,
    dimension: str,
    age_seconds: int = 60,
    further: dict[str, str] | None = None,
) -> None:
    at = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=age_seconds)
    boto3.client("cloudwatch", REGION).put_metric_data(
        Namespace=namespace,
        MetricData=[
            {
                "MetricName": metric,
                "Dimensions": [
                    {"Name": name, "Value": given}
                    for name, given in {dimension: "orders", **(further or {})}.items()
                ],
                "Timestamp": at,
                "Value": value,
            }
        ],
    )


def reachable(value: float) -> None:
    sample("Reachable", value, "drctl/databases", "Database")


def find(database: look.Watched = WATCHED) -> list[str]:
    return look.findings(database, time.monotonic() + 30)


def test_a_healthy_database_gives_nothing_to_tell(aws: None) -> None:
    reachable(1)
    assert find() == []


def test_a_database_that_does_not_answer_is_told(aws: None) -> None:
    reachable(0)
    assert find() == ["orders in eu-north-1: does not answer the probe in its network"]


def test_no_sample_is_not_good_news(aws: None) -> None:
    sample("Reachable", 1, "drctl/databases", "Database", age_seconds=900)
    assert find() == ["orders in eu-north-1: no sample of the probe"]


def test_a_database_that_is_stopped_is_told(aws: None) -> None:
    reachable(1)
    boto3.client("rds", REGION).stop_db_instance(DBInstanceIdentifier="orders")
    assert find() == ["orders in eu-north-1: status stopped"]


@pytest.mark.parametrize(("lag", "said"), [(61, "61 s behind"), (-1, "replication lag unknown"), (59, "")])
def test_lag_over_the_limit_is_told(aws: None, lag: int, said: str) -> None:
    reachable(1)
    sample("ReplicaLag", lag, "AWS/RDS", "DBInstanceIdentifier")
    found = find(look.Watched(REGION, "orders", "drctl/databases", lag_limit=60))
    assert found == ([f"orders in eu-north-1: {said}"] if said else [])


@pytest.mark.parametrize("further", [{}, {"SourceRegion": "eu-west-1"}])
@pytest.mark.parametrize(("lag_ms", "said"), [(2400, ["orders in eu-north-1: 2 s behind"]), (900, [])])
def test_an_aurora_cluster_is_asked_for_its_own_status_and_lag(
    aws: None, lag_ms: int, said: list[str], further: dict[str, str]
) -> None:
    """By whichever dimensions Aurora publishes the lag."""
    rds = boto3.client("rds", REGION)
    rds.delete_db_instance(DBInstanceIdentifier="orders", SkipFinalSnapshot=True)
    rds.create_db_cluster(
        DBClusterIdentifier="orders",
        Engine="aurora-postgresql",
        MasterUsername="owner",
        MasterUserPassword="of-no-worth",
    )
    reachable(1)
    sample("AuroraGlobalDBReplicationLag", lag_ms, "AWS/RDS", "DBClusterIdentifier", further=further)
    watched = look.Watched(
        REGION, "orders", "drctl/databases", lag_limit=1.0, cluster=True, source="eu-west-1"
    )
    assert find(watched) == said


def test_a_database_that_is_gone_is_told_without_anything_of_the_error(aws: None) -> None:
    assert find(look.Watched(REGION, "gone", "n")) == [
        "gone in eu-north-1: could not ask (DBInstanceNotFoundFault)"
    ]


def test_after_the_deadline_nothing_is_asked(aws: None) -> None:
    found = look.findings(WATCHED, time.monotonic() - 1)
    assert found == ["orders in eu-north-1: no time was left to ask"]


def test_one_question_is_bounded_and_the_whole_run_ends_before_lambda_ends_it() -> None:
    from harness.systems import recording

    config: Any = look.BOUNDED
    question = 8 * config.connect_timeout + config.read_timeout
    assert config.retries["total_max_attempts"] == 1
    worst = handler.BUDGET_SECONDS + question + question + hook.TIMEOUT_SECONDS
    functions = recording("postgres-dr").of("lambda/function:Function")
    watchers = [f.inputs["timeout"] for f in functions if "database-watch" in f.name]
    assert len(watchers) == 2
    assert all(worst < timeout < 300 for timeout in watchers)


@pytest.fixture
def called(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    """A webhook that takes what it gets."""
    server = Hook(200)
    surroundings(monkeypatch, server)
    yield server
    server.close()


def surroundings(monkeypatch: pytest.MonkeyPatch, server: Hook) -> None:
    monkeypatch.setenv("WORKLOAD", "orders")
    monkeypatch.setenv("WATCHED", json.dumps([vars(WATCHED)]))
    monkeypatch.setenv("HOOK_URL", server.url)
    monkeypatch.setenv("HOOK_SECRET", "webhook")


def test_the_webhook_is_called_with_a_signature_that_openssl_makes_too(called: Hook) -> None:
    reachable(0)
    assert handler.handler({}, None)["told"] is True
    ((headers, body),) = called.took
    signed = f"v1:{headers['X-Drctl-Timestamp']}:".encode() + body
    openssl = subprocess.run(
        ["openssl", "dgst", "-sha256", "-hmac", KEY], input=signed, capture_output=True, check=True
    )
    assert headers["X-Drctl-Signature"] == f"v1={openssl.stdout.decode().split()[-1]}"
    assert abs(int(headers["X-Drctl-Timestamp"]) - time.time()) < 60
    said = json.loads(body)
    assert said["workloads"] == ["orders"]
    assert "does not answer" in said["reason"]


def test_nobody_is_called_when_all_is_well(called: Hook) -> None:
    reachable(1)
    assert handler.handler({}, None) == {"workload": "orders", "findings": [], "told": False}
    assert called.took == []


def test_a_refused_call_fails_the_run_so_that_somebody_sees_it(
    aws: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server = Hook(403)
    surroundings(monkeypatch, server)
    reachable(0)
    with pytest.raises(RuntimeError, match="did not take it"):
        handler.handler({}, None)
    server.close()
    assert KEY not in capsys.readouterr().out


def test_what_is_sent_fits_the_webhook(called: Hook) -> None:
    assert hook.tell("orders", [f"finding {n}" for n in range(5000)])
    ((_, body),) = called.took
    assert len(body) < 8 * 1024
