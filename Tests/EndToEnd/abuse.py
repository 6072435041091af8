"""`make abuse`: strangers at the webhook, of every kind and all at once, bounded and on loopback.

Measures drctl's memory and its polling round when nobody is there and then under abuse; exit 0 only if its
memory stays flat, the round within 10 % of its quiet time, no failover was begun, and at the end a genuine
message is heeded and the service watches.
"""

from __future__ import annotations

import argparse
import itertools
import math
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "Lab")]


from staging.abusers import Abusers  # noqa: E402
from staging.house import House  # noqa: E402
from staging.signed_sns import signed_sns  # noqa: E402
from staging.stage import Stage  # noqa: E402
from staging.waiting import NotInTime, wait_until  # noqa: E402
from staging.webhook import Webhook  # noqa: E402

REGION = "ap-southeast-2"
# Growth beyond what a warm process has: of the allocator, not of what is kept.
FLAT_KILOBYTES = 8 * 1024
ROUND_LIMIT = 1.10
# What is compared with the end: caches and threads are there by then.
WARM_SECONDS = 30
# Between two looks at the memory.
LOOK_SECONDS = 300
# The lab is one more process on the same cores, and here it is not what is tested: an answer that it is late
# with must not look like a dead database, as it soon does at the pace of the other tests.
PATIENT_POLICY = {"freshness": "30s", "confirmation_window": "30s", "clearance_window": "2s"}
PATIENT_CALLS = {"connect_timeout": "5s", "request_timeout": "10s"}
# A doubt that some late answer has raised is dropped within this time.
CALM_SECONDS = 40


def memory(pid: int) -> int:
    """What it has made itself, in kilobytes. Pages of files it shares with whoever else runs, and its part of
    them grows when others end."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss_Anon:"):
            return int(line.split()[1])
    raise LookupError("no Pss_Anon")


def rounds(stage: Stage, seconds: float) -> list[float]:
    """From the end of one polling round to the end of the next, for so long."""
    found, last, end = [], "", time.monotonic() + seconds
    while time.monotonic() < end:
        at = stage.api.status().get("lastRoundAt", "")
        if at != last:
            found.append(at)
            last = at
        time.sleep(0.02)
    times = [moment(text) for text in found if text]
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def moment(text: str) -> float:
    from staging.records import moment as read

    return read(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120, help="of abuse; 3600 for the real thing")
    parser.add_argument("--rate", type=float, default=100, help="requests a second of all abusers together")
    arguments = parser.parse_args()
    with House() as house, Stage(house) as stage, signed_sns(REGION, stage.folder) as sns:
        name = stage.orders()
        stage.config["controller"]["log_level"] = "warning"
        stage.config["defaults"]["policy"] |= PATIENT_POLICY
        stage.config["aws"] |= PATIENT_CALLS
        topic = house.topics[REGION]["arn"]
        webhook = Webhook(stage, sns, topic)
        webhook.open()
        quiet = rounds(stage, max(20.0, min(120.0, arguments.seconds / 4)))
        abusers = Abusers(webhook, sns, topic, arguments.rate)
        with abusers:
            loud = rounds(stage, WARM_SECONDS)
            sizes = [memory(stage.drctl.pid)]
            parts = math.ceil(max(0.0, arguments.seconds - WARM_SECONDS) / LOOK_SECONDS)
            for _ in range(parts):
                loud += rounds(stage, (arguments.seconds - WARM_SECONDS) / parts)
                sizes.append(memory(stage.drctl.pid))
                print(f"memory: {sizes[-1]} kB", flush=True)
        answers = abusers.answers()
        heeded = webhook.generic(b'{"workloads": ["%s"]}' % name.encode())
        checks = {
            "a genuine message is heeded": heeded == (200, "accepted"),
            "the service watches": watches(stage, name),
            "no failover was begun": not stage.changes(),
        }
        # Before the lab is asked to end: an hour's figures must not hang on that.
        return report(arguments.seconds, (quiet, loud), sizes, answers, checks)


def watches(stage: Stage, name: str) -> bool:
    """It lives, and in the end it has no doubt left; else what it says instead."""
    try:
        wait_until(
            lambda: stage.drctl.running and stage.view(name).get("phase") == "watching",
            "it watches",
            CALM_SECONDS,
            lambda: f"exit code {stage.drctl.exit_code}\n{stage.account(name)}",
        )
    except NotInTime as cause:
        print(cause)
        return False
    return True


def report(
    seconds: float,
    times: tuple[list[float], list[float]],
    sizes: list[int],
    answers: dict[str, int],
    more: dict[str, bool],
) -> int:
    quiet, loud = times
    print(f"abuse: {sum(answers.values())} answers in {seconds:.0f} s")
    for answer, count in sorted(answers.items(), key=lambda row: -row[1]):
        print(f"  {count:8} {answer}")
    print(f"memory: {sizes[0]} kB after {WARM_SECONDS} s, {sizes[-1]} kB at the end, {max(sizes)} kB at most")
    for label, row in (("quiet", quiet), ("abused", loud)):
        print(
            f"round, {label}: mean {statistics.mean(row):.3f} s, longest {max(row):.3f} s, {len(row)} rounds"
        )
    checks = {
        "memory stays flat": sizes[-1] - sizes[0] <= FLAT_KILOBYTES,
        "the round keeps its time": statistics.mean(loud) / statistics.mean(quiet) <= ROUND_LIMIT,
        "nothing false was accepted": not any(answer.startswith("200 accepted") for answer in answers),
        **more,
    }
    for label, held in checks.items():
        print(f"{'ok  ' if held else 'FAIL'} {label}", flush=True)
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
