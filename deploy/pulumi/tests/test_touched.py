"""Which systems a change touches."""

import pytest
from bridge.touched import PROGRAM, touched

from harness.systems import SYSTEMS

ALL = sorted(SYSTEMS)


@pytest.mark.parametrize(
    ("changed", "systems"),
    [
        ("infra/systems/shop.py", ["shop"]),
        ("examples/Pulumi.plant.yaml", ["plant"]),
        ("infra/components/cache.py", ["orders"]),
        ("infra/components/global_table.py", ["payments", "plant"]),
        ("infra/components/alarms.py", ["orders", "plant", "postgres-dr", "shop"]),
        ("infra/components/network.py", ALL),
        ("infra/naming.py", ALL),
        ("functions/stream_processor/state.py", ["plant"]),
        ("functions/service_capacity/handler.py", ["orders", "shop"]),
        ("functions/database_watch/look.py", ALL),
        ("host/install.sh", ALL),
        ("__main__.py", ALL),
        ("README.md", []),
        ("tests/test_shop.py", []),
    ],
)
def test_a_change_touches_the_systems_that_lead_to_it(changed: str, systems: list[str]) -> None:
    assert (PROGRAM / changed).exists()
    assert touched([PROGRAM / changed]) == systems


def test_several_changes_touch_what_each_of_them_does() -> None:
    changed = [PROGRAM / "infra" / "systems" / f"{name}.py" for name in ("shop", "plant")]
    assert touched(changed) == ["plant", "shop"]
