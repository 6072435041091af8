#!/usr/bin/env python3
"""Writes kit.json: webhook messages as SNS would send them, each also tampered in each field, with what
must become of it. Keys and certificates are made anew each time; times are fixed.

    python3 make.py FOLDER
"""

import json
import pathlib
import sys

from authorities import NOW, Authorities
from generic import generic_cases
from shapes import SHAPES
from sns import TOPICS, Sender, cases_of_senders
from tampering import broken_bodies, tampered


def main(folder: pathlib.Path) -> None:
    authorities = Authorities()
    sender = Sender(authorities)
    cases = []
    for version in ("1", "2"):
        for shape in SHAPES:
            body = sender.notification(shape.message, version=version, **shape.envelope)
            cases.append(case(f"{shape.name}, version {version}", body, shape.expect, shape.workloads))
    for version in ("1", "2"):
        for kind in ("SubscriptionConfirmation", "UnsubscribeConfirmation"):
            workloads = ["orders"] if kind.startswith("Un") else []
            body = sender.confirmation(kind, version)
            cases.append(case(f"{kind}, version {version}", body, "accepted", workloads))
    cases += [case(*row) for row in cases_of_senders(sender)]
    cases += [case(*row) for row in tampered(sender)]
    cases += [case(*row) for row in broken_bodies(sender)]
    folder.joinpath("roots.pem").write_bytes(authorities.roots_pem())
    document = {
        "now": NOW.timestamp(),
        "topics": TOPICS,
        "web": {url: {"status": s, "body": b.hex()} for url, (s, b) in authorities.web.items()},
        "cases": cases,
        "generic": generic_cases(),
    }
    folder.joinpath("kit.json").write_text(json.dumps(document))


def case(name, body, expect, workloads=()):
    return {"name": name, "body": body.hex(), "expect": expect, "workloads": list(workloads)}


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
