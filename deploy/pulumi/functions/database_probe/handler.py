"""Asks a private database, from inside its network, whether it answers as PostgreSQL. The result leaves as a
line of log that CloudWatch turns into a metric, so the function needs no way out of the network: it reaches
the database and nothing else."""

import json
import os
import socket
import time
from collections.abc import Callable
from typing import Any

# The first message of a PostgreSQL session that wants TLS: its length, and a number that stands for the wish.
# The server answers S or N before anybody logs in.
SSL_REQUEST = bytes.fromhex("00000008 04d2162f")
# Together well under the function's own limit: a hanging database must still leave a sample.
CONNECT_SECONDS = 4.0
ANSWER_SECONDS = 4.0


def answers(host: str, port: int) -> bool:
    """Whether a PostgreSQL server speaks at this address. Neither a refusal nor silence raises."""
    try:
        with socket.create_connection((host, port), CONNECT_SECONDS) as connection:
            connection.settimeout(ANSWER_SECONDS)
            connection.sendall(SSL_REQUEST)
            return connection.recv(1) in (b"S", b"N")
    except OSError:
        return False


def sample(namespace: str, database: str, reachable: bool, seconds: float, at: float) -> str:
    """One line in CloudWatch's embedded metric format."""
    metrics = [{"Name": "Reachable", "Unit": "None"}, {"Name": "AnswerTime", "Unit": "Milliseconds"}]
    return json.dumps(
        {
            "_aws": {
                "Timestamp": int(at * 1000),
                "CloudWatchMetrics": [
                    {"Namespace": namespace, "Dimensions": [["Database"]], "Metrics": metrics}
                ],
            },
            "Database": database,
            "Reachable": 1 if reachable else 0,
            "AnswerTime": round(seconds * 1000, 1),
        }
    )


def handler(event: Any, context: Any, say: Callable[[str], None] = print) -> None:
    """One look. `say` is where lines go."""
    host, port = os.environ["HOST"], int(os.environ["PORT"])
    began = time.monotonic()
    reachable = answers(host, port)
    took = time.monotonic() - began
    say(sample(os.environ["NAMESPACE"], os.environ["DATABASE"], reachable, took, time.time()))
