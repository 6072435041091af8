"""How fast and in which manner the simulated world moves. All spans are seconds of real time."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass
class Settings:
    promotion_seconds: float = 2.0  # PromoteReadReplica, from the call to `available`
    promotion_backup: bool = True  # end a promotion with the status `backing-up`
    detach_seconds: float = 1.0  # RemoveFromGlobalCluster
    failover_seconds: float = 2.0  # FailoverGlobalCluster, SwitchoverGlobalCluster
    modify_seconds: float = 0.5  # ModifyDBInstance, ModifyDBCluster, start and stop
    reboot_seconds: float = 0.5  # RebootDBInstance
    create_seconds: float = 0.0  # new instances and clusters; 0 means available at once
    describe_lag_seconds: float = 0.0  # describe answers with the state of this long ago
    propagation_seconds: float = 0.3  # Route 53: PENDING to INSYNC, and what DNS answers
    health_check_interval_seconds: float = 0.25  # stands for the 10 or 30 s of AWS
    metric_period_seconds: float = 1.0  # how long a CloudWatch minute lasts in the lab
    scale_periods: bool = True  # a Period of 60 in a request means one lab minute
    metric_delay_seconds: float = 0.0  # AWS/* samples become visible this much later
    base_lag_seconds: float = 0.2  # lag of a healthy replica
    lag_jitter_seconds: float = 0.1  # seeded, added to the lag of a healthy replica
    sawtooth_peak_seconds: float = 300.0  # lag of an idle source climbs to this
    sawtooth_minutes: float = 5.0  # in lab minutes, then drops
    background_connections: int = 5  # clients that each serving writer has besides real sockets
    ssl_answer: str = "S"  # S or N, to an SSLRequest
    down_mode: str = "refuse"  # endpoints of a dead database: refuse, blackhole, drop
    fence_mode: str = "drop"  # endpoints without an ingress rule: drop, refuse, blackhole
    bare_change_batch_errors: bool = False  # InvalidChangeBatch as the root element of the error
    hold_seconds: float = 60.0  # the longest that a black hole keeps a connection

    def update(self, changes: dict[str, Any]) -> None:
        """Takes only known names, with the type of the default; else ValueError and no change."""
        known = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        checked: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in known:
                raise ValueError(f"unknown setting: {name}")
            kind = known[name]
            if kind is float and isinstance(value, int) and not isinstance(value, bool):
                value = float(value)
            if not isinstance(value, kind):
                raise ValueError(f"setting {name} must be {kind.__name__}")
            if isinstance(value, float) and value < 0:
                raise ValueError(f"setting {name} must not be negative")
            checked[name] = value
        if checked.get("metric_period_seconds") == 0 or checked.get("health_check_interval_seconds") == 0:
            raise ValueError("a period must be above 0")
        for name in ("down_mode", "fence_mode"):
            if checked.get(name, "refuse") not in ("refuse", "blackhole", "drop"):
                raise ValueError(f"setting {name} must be refuse, blackhole or drop")
        if checked.get("ssl_answer", "S") not in ("S", "N"):
            raise ValueError("setting ssl_answer must be S or N")
        for name, value in checked.items():
            setattr(self, name, value)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
