"""Config: all mistakes at once, in words."""

import pulumi
import pytest

from harness.recording import ProgramFailed, record
from infra.reader import Reader, SettingsError
from infra.settings import Settings

GOOD = {"system": "payments", "environmentSuffix": "dev", "owner": "platform"}


def read(**changed: str) -> Settings:
    """Reads GOOD with changes."""
    reader = Reader({k: v for k, v in {**GOOD, **changed}.items() if v})
    settings = Settings.read(reader)
    reader.finish()
    return settings


def test_regions_and_roles_have_defaults() -> None:
    settings = read()
    assert (settings.primary_region, settings.standby_region) == ("us-east-1", "us-east-2")
    assert settings.active_region == "us-east-1"
    assert not settings.production


def test_the_active_region_may_be_either() -> None:
    assert read(activeRegion="us-east-2").active_region == "us-east-2"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"environmentSuffix": "Dev_1"}, "environmentSuffix is 'Dev_1'"),
        ({"owner": ""}, "owner is missing"),
        ({"system": "shops"}, "system is 'shops': use one of"),
        ({"system": ""}, "system is missing: one of"),
        ({"activeRegion": "eu-west-1"}, "activeRegion is eu-west-1: use us-east-1 or us-east-2"),
        ({"standbyRegion": "us-east-1"}, "standbyRegion is us-east-1, the primary Region too"),
        ({"primaryRegion": "us-east-2"}, "standbyRegion is us-east-2, the primary Region too"),
        ({"production": "yes"}, "production is 'yes'"),
        ({"activeRegoin": "us-east-2"}, "activeRegoin is unknown: did you mean activeRegion?"),
    ],
)
def test_what_is_wrong_is_refused(changed: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(**changed)
    assert said in str(refused.value)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        read(owner="", production="yes", extra="1")
    assert len(str(refused.value).splitlines()) == 4


def test_without_a_known_system_nothing_else_is_said() -> None:
    """Of its other keys nobody knows whether they are right."""
    with pytest.raises(SettingsError) as refused:
        read(system="shops", owner="", lines="press")
    assert len(str(refused.value).splitlines()) == 2


def test_the_program_says_what_is_wrong_before_it_looks_for_the_system() -> None:
    with pytest.raises(ProgramFailed, match="system is 'shops': use one of"):
        record(**{**GOOD, "system": "shops"})


def test_pulumi_prints_the_mistakes_without_the_call_stack() -> None:
    assert issubclass(SettingsError, pulumi.RunError)
