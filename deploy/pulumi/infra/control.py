"""drctl for a system: what its config says of it, and the host that it runs on, in the standby Region."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .components.operations import Operations
from .components.ops_settings import OpsSettings
from .controller import Capacity, Objectives, Policy, render
from .ground import Ground
from .outputs import Outputs
from .protection import Protected
from .reader import Reader
from .workloads import flat, raising, workload


@dataclass(frozen=True)
class ControlSettings:
    """The host, and when drctl acts."""

    host: OpsSettings
    policy: Policy

    @classmethod
    def read(cls, reader: Reader, objectives: Objectives) -> "ControlSettings":
        """The keys of a stack with a host of its own."""
        return cls(OpsSettings.read(reader), Policy.read(reader, objectives))


def control(
    ground: Ground,
    settings: ControlSettings,
    protected: Protected[Any],
    capacity: Sequence[Capacity] = (),
) -> Outputs:
    """The outputs that every system has. `capacity` of both Regions: drctl raises the standby one's."""
    told = workload(protected, settings.policy, settings.host.probe_role, capacity)
    name = protected.guard.name
    operations = Operations(
        ground,
        settings.host,
        workload=name,
        config=render(ground.regions.standby.code, {name: told}),
        words={**protected.words, **raising(capacity, ground.regions.standby.code)},
        watched=protected.watched,
    )
    return {**flat(name, told), **operations.outputs}
