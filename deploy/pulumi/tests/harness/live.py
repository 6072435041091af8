"""Runs the program like record.py, but what a failover needs is really made, at an address that answers like
AWS: networks, groups, databases, services, topics, alarms, health checks and records. Prints the stack's
outputs as JSON.

    python -m harness.live URL CONFIG-AS-JSON
"""

import json
import sys
from typing import Any

from pulumi.runtime import mocks

from . import record
from .answers import region_of
from .making import MAKERS, Cloud
from .making_aurora import AURORA
from .making_containers import CONTAINERS


class Making(record.Answers):
    """Makes what there is a maker for; of the rest it says what the mocks always say."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """The identifier and the properties that the cloud gave it."""
        resource_id, state = super().new_resource(args)
        maker = {**MAKERS, **AURORA, **CONTAINERS}.get(args.typ)
        if maker is None:
            return resource_id, state
        region = region_of(args.provider or "")
        made = maker(self._cloud, region, record.plain(args.inputs))
        return made.pop("id", resource_id), {**state, **made}


def main() -> None:
    """One run of the program."""
    cloud = Cloud(sys.argv[1])
    print(json.dumps(record.run(json.loads(sys.argv[2]), Making(cloud))["outputs"]))


if __name__ == "__main__":
    main()
