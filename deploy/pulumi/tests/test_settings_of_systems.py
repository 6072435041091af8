"""The keys that single systems have: what is wrong is refused in words."""

from collections.abc import Callable
from typing import Any

import pytest

from infra.components.global_database import GlobalDatabaseSettings
from infra.components.line_alarms import LineSettings
from infra.components.public_name import PublicName
from infra.components.regional_api import Callers
from infra.components.replicated_database import DatabaseSettings
from infra.components.stream import shards
from infra.reader import Reader, SettingsError

Read = Callable[[Reader], Any]


def name(reader: Reader) -> PublicName:
    """An API's."""
    return PublicName.read(reader, "api")


def instance(reader: Reader) -> DatabaseSettings:
    """Of an instance with a replica."""
    return DatabaseSettings.read(reader, production=False)


def trial(reader: Reader) -> GlobalDatabaseSettings:
    """Of a stack that is not in production."""
    return GlobalDatabaseSettings.read(reader, production=False)


def production(reader: Reader) -> GlobalDatabaseSettings:
    """Of one that is."""
    return GlobalDatabaseSettings.read(reader, production=True)


GOOD: list[tuple[Read, dict[str, str]]] = [
    (name, {"apiName": "pay.dev.example.com", "hostedZone": "example.com"}),
    (name, {"apiName": f"{'a' * 52}.example.com", "hostedZone": "example.com"}),
    (instance, {"databaseSecret": "s", "standbyDatabaseId": "orders-2"}),
    (trial, {"databaseSecret": "payments/owner"}),
    (LineSettings.read, {"lines": "press, paint-2"}),
    (Callers.read, {"tokenIssuer": "https://login.example.com/", "tokenAudience": "payments"}),
    (shards, {}),
]


@pytest.mark.parametrize(("read", "config"), GOOD)
def test_what_is_right_is_taken(read: Read, config: dict[str, str]) -> None:
    reader = Reader(config)
    read(reader)
    reader.finish()


@pytest.mark.parametrize(
    ("read", "config", "said"),
    [
        (name, {"apiName": "api.example.org", "hostedZone": "example.com"}, "which is not in example.com"),
        (name, {"apiName": "badexample.com", "hostedZone": "example.com"}, "which is not in example.com"),
        (name, {"apiName": "API.example.com", "hostedZone": "example.com"}, "apiName is 'API.example.com'"),
        (name, {"apiName": "api.example.com"}, "hostedZone is missing"),
        (
            name,
            {"apiName": f"{'a' * 53}.example.com", "hostedZone": "example.com"},
            "65 characters: AWS takes 64",
        ),
        (instance, {"databaseSecret": "s", "standbyDatabaseId": "ends-"}, "standbyDatabaseId is 'ends-'"),
        (instance, {"databaseSecret": "s", "standbyDatabaseId": "a" * 64}, "AWS takes 63 at most"),
        (trial, {"databaseSecret": "s", "databaseClass": "db.t4g.micro"}, "a memory class"),
        (trial, {"databaseSecret": "s", "databaseVersion": "16"}, "databaseVersion is '16'"),
        (trial, {"databaseSecret": "s", "databaseVersion": "13.9"}, "databaseVersion is '13.9'"),
        (trial, {}, "databaseSecret is missing"),
        (LineSettings.read, {}, "lines is missing"),
        (LineSettings.read, {"lines": "press,press"}, "names a line twice"),
        (LineSettings.read, {"lines": "Press"}, "lines has 'Press'"),
        (LineSettings.read, {"lines": "press", "hottest": "0"}, "hottest is 0"),
        (Callers.read, {"tokenIssuer": "http://a.example.com", "tokenAudience": "x"}, "tokenIssuer is"),
        (shards, {"streamShards": "501"}, "streamShards is 501"),
    ],
)
def test_what_is_wrong_is_refused(read: Read, config: dict[str, str], said: str) -> None:
    reader = Reader(config)
    read(reader)
    with pytest.raises(SettingsError) as refused:
        reader.finish()
    assert said in str(refused.value)


def test_a_global_database_in_production_has_two_instances_in_each_region() -> None:
    assert trial(Reader({"databaseSecret": "s"})).instances == 1
    assert production(Reader({"databaseSecret": "s"})).instances == 2
