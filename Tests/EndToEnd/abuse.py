"""`make abuse`: strangers at the webhook, of every kind and all at once, bounded and on loopback.

Measures drctl's memory and its polling round when nobody is there and then under abuse; exit 0 only if its
memory stays flat, the round within 10 % of its quiet time, and a genuine message is still heeded at the end.
"""

from __future__ import annotations

import argparse
import itertools
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
from staging.webhook import Webhook  # noqa: E402

REGION = "ap-southeast-2"
# Growth beyond what a warm process has: of the allocator, not of what is kept.
FLAT_KILOBYTES = 8 * 1024
ROUND_LIMIT = 1.10
# What is compared with the end: caches and threads are there by then.
WARM_SECONDS = 30


def memory(pid: int) -> int:
    """Proportional set size in kilobytes."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise LookupError("no Pss")


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
        topic = house.topics[REGION]["arn"]
        webhook = Webhook(stage, sns, topic)
        webhook.open()
        quiet = rounds(stage, max(20.0, min(120.0, arguments.seconds / 4)))
        abusers = Abusers(webhook, sns, topic, arguments.rate)
        with abusers:
            warm_rounds = rounds(stage, WARM_SECONDS)
            before = memory(stage.drctl.pid)
            loud = warm_rounds + rounds(stage, max(0.0, arguments.seconds - WARM_SECONDS))
            after = memory(stage.drctl.pid)
        answers = abusers.answers()
        heeded = webhook.generic(b'{"workloads": ["%s"]}' % name.encode())
        alive = stage.drctl.running and stage.view(name)["phase"] == "watching"
    ratio = statistics.mean(loud) / statistics.mean(quiet)
    print(f"abuse: {sum(answers.values())} answers in {arguments.seconds:.0f} s")
    for answer, count in sorted(answers.items(), key=lambda row: -row[1]):
        print(f"  {count:8} {answer}")
    print(f"memory: {before} kB after {WARM_SECONDS} s, {after} kB at the end")
    for label, row in (("quiet", quiet), ("abused", loud)):
        print(
            f"round, {label}: mean {statistics.mean(row):.3f} s, longest {max(row):.3f} s, {len(row)} rounds"
        )
    checks = {
        "memory stays flat": after - before <= FLAT_KILOBYTES,
        "the round keeps its time": ratio <= ROUND_LIMIT,
        "nothing false was accepted": not any(answer.startswith("200 accepted") for answer in answers),
        "a genuine message is heeded": heeded == (200, "accepted"),
        "the service watches": alive,
    }
    for label, held in checks.items():
        print(f"{'ok  ' if held else 'FAIL'} {label}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
