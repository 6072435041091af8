"""Credentials that end while those who issue them are down."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from staging.issuers import Issuers
from staging.stage import Stage
from staging.waiting import wait_until


def test_sts_and_metadata_die_in_the_middle_of_a_failover_that_completes(stage: Stage) -> None:
    """What was handed out last stays in use, past its end: AWS may go on accepting it, and nothing else is left."""
    issuers = Issuers(stage.keys, timedelta(seconds=6))
    (stage.folder / "aws-config").write_text(Issuers.PROFILE)
    stage.config["aws"]["profile"] = "dr"
    stage.config["aws"]["endpoints"].append({"service": "sts", "url": issuers.url})
    name = stage.orders()
    stage.configure()
    stage.drctl.serve(env={**issuers.environment, "AWS_CONFIG_FILE": str(stage.folder / "aws-config")})
    stage.until_healthy()
    first = issuers.assumed
    # Ahead of their end, and with nobody told to.
    wait_until(lambda: issuers.assumed > first, "the credentials are renewed", 30)
    stage.outage(name)
    stage.until_phase(name, "failing-over", 60)
    issuers.stop()
    ended = datetime.now(timezone.utc) + issuers.lifetime
    stage.until_phase(name, "failed-over", 60)
    assert stage.side(name, "standby")["role"] == "writer"
    assert stage.leads_to(name) == "standby"
    wait_until(lambda: datetime.now(timezone.utc) > ended, "the last credentials have ended", 30)
    made = len(stage.calls("DescribeDBInstances"))
    wait_until(lambda: len(stage.calls("DescribeDBInstances")) > made, "drctl goes on with what it has", 30)
