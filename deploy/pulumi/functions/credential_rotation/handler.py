"""The four steps of Secrets Manager's rotation. Each may come again, after a failure or by mistake, and does
no harm then. No step logs a password or holds one longer than it needs."""

import json
import os
import secrets
import string
from typing import Any

import boto3

from .cache import Cache
from .clients import BOUNDED
from .database import Database

# What both RDS and ElastiCache take, without what a URL or a shell would have to escape.
LETTERS = string.ascii_letters + string.digits
LENGTH = 48

Target = Database | Cache


class NotAsked(Exception):
    """The request does not fit the secret: it is not to be rotated, or not to this version."""


def target(secret: str) -> Target:
    """What the secret opens, by the function's own configuration."""
    listed = json.loads(os.environ["CREDENTIALS"])
    if secret not in listed:
        raise NotAsked("this function does not rotate that secret")
    given = listed[secret]
    return Database(**given["database"]) if "database" in given else Cache(**given["cache"])


def handler(event: dict[str, str], context: Any) -> None:
    """One step of one rotation."""
    secret, version, step = event["SecretId"], event["ClientRequestToken"], event["Step"]
    opened = target(secret)
    manager = boto3.client("secretsmanager", config=BOUNDED)
    described = manager.describe_secret(SecretId=secret)
    stages = described.get("VersionIdsToStages", {})
    # A rotation is tried out while it is set up: then the entry says neither yes nor no.
    if described.get("RotationEnabled") is False or version not in stages:
        raise NotAsked("the secret is not being rotated to that version")
    if "AWSCURRENT" in stages[version]:
        # Done: at most the last of it has to be said again.
        if step == "finishSecret":
            opened.settle(_password(manager, secret, version, "AWSCURRENT"))
        return
    if step == "createSecret":
        _create(manager, secret, version)
        return
    if "AWSPENDING" not in stages[version]:
        raise NotAsked("the version is not pending")
    if step == "setSecret":
        opened.set(_password(manager, secret, version, "AWSPENDING"))
    elif step == "testSecret":
        opened.wait_until_set()
    elif step == "finishSecret":
        current = next(v for v, s in stages.items() if "AWSCURRENT" in s)
        manager.update_secret_version_stage(
            SecretId=secret,
            VersionStage="AWSCURRENT",
            MoveToVersionId=version,
            RemoveFromVersionId=current,
        )
        opened.settle(_password(manager, secret, version, "AWSCURRENT"))
    else:
        raise NotAsked(f"there is no step {step}")


def _create(manager: Any, secret: str, version: str) -> None:
    """A version that holds all that the current one does, with another password; once only, since a step that
    comes again must not change a password that may be set already."""
    try:
        manager.get_secret_value(SecretId=secret, VersionId=version, VersionStage="AWSPENDING")
        return
    except manager.exceptions.ResourceNotFoundException:
        pass
    held = json.loads(manager.get_secret_value(SecretId=secret, VersionStage="AWSCURRENT")["SecretString"])
    fresh = {**held, "password": "".join(secrets.choice(LETTERS) for _ in range(LENGTH))}
    manager.put_secret_value(
        SecretId=secret,
        ClientRequestToken=version,
        SecretString=json.dumps(fresh),
        VersionStages=["AWSPENDING"],
    )


def _password(manager: Any, secret: str, version: str, stage: str) -> str:
    found = manager.get_secret_value(SecretId=secret, VersionId=version, VersionStage=stage)
    return str(json.loads(found["SecretString"])["password"])
