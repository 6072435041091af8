"""moto's server for the stages that apply: with the tool's own patches, and what these stacks need besides.
The tool starts it, by BRIDGE_MOTO_SCRIPT; INFRA_MOTO_PATCHES names the tool's. Each patch says what fails
without it."""

import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any

from moto.apigatewayv2.models import DomainName
from moto.backup.responses import BackupResponse
from moto.backup.urls import url_paths
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core import DEFAULT_ACCOUNT_ID  # type: ignore[attr-defined]
from moto.core.config import default_user_config
from moto.route53.models import route53_backends
from moto.route53.responses import Route53
from moto.s3.models import FakeBucket
from moto.secretsmanager.models import secretsmanager_backends

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bridge.failovers import enable
from bridge.memory import remember

# As bridge/answers.py and the examples have them.
ZONE, ZONE_NAME = "Z0123456789ABC", "example.com."

_flag = Route53._get_bool_param
_trails = CloudTrailResponse.describe_trails
_domain = DomainName.to_json
_permission = FakeBucket.get_permission


def private_by_its_network(self: Route53, name: str, default: bool | None = None) -> Any:
    """A zone that is made with a VPC is private. moto takes it for a public one, and refuses the second VPC:
    PublicZoneVPCAssociation."""
    if name == "HostedZoneConfig.PrivateZone" and self._get_param("VPC.VPCId"):
        return True
    return _flag(self, name, default)


def permission_over_tls(self: FakeBucket, action: str, resource: str) -> Any:
    """moto reads a policy without its conditions, so that one which denies calls without TLS denies all of
    them: 403 for every object. What is denied under a condition is left out, as if over TLS."""
    whole = self.policy
    if whole is None:
        return _permission(self, action, resource)
    body = json.loads(whole)
    kept = [s for s in body["Statement"] if "aws:SecureTransport" not in json.dumps(s.get("Condition", {}))]
    self.policy = json.dumps({**body, "Statement": kept}).encode() if kept else None
    try:
        return _permission(self, action, resource)
    finally:
        self.policy = whole


def with_addresses(self: DomainName) -> dict[str, Any]:
    """moto gives a domain neither a status nor where it leads: the provider waits until it gives up."""
    region = self.domain_name_arn.split(":")[3]
    made = {
        "apiGatewayDomainName": f"d-0123456789.execute-api.{region}.amazonaws.com",
        "domainNameStatus": "AVAILABLE",
        "hostedZoneId": "Z2FDTNDATAQYW2",
    }
    said = _domain(self)
    said["domainNameConfigurations"] = [{**made, **c} for c in said["domainNameConfigurations"]]
    return said


def trails_by_name(self: CloudTrailResponse) -> str:
    """moto tells of every trail, whichever was asked for: too many results."""
    found = json.loads(_trails(self))["trailList"]
    asked = self._get_param("trailNameList")
    return json.dumps(
        {"trailList": [t for t in found if not asked or {t["Name"], t["TrailARN"]} & set(asked)]}
    )


def add_existing_zone() -> None:
    """The public zone that every stack finds: it is nobody's to make."""
    backend = route53_backends[DEFAULT_ACCOUNT_ID]["aws"]
    zone = backend.create_hosted_zone(ZONE_NAME, private_zone=False)
    backend.zones[ZONE] = backend.zones.pop(zone.resource_id)
    zone.resource_id = ZONE


def add_existing_secrets() -> None:
    """The secrets that every stack finds, in both Regions, under the ARNs that bridge/answers.py tells."""
    for region, names in json.loads(os.environ["INFRA_SECRETS"]).items():
        for name in names:
            backend = secretsmanager_backends[DEFAULT_ACCOUNT_ID][region]
            backend.create_secret(name, "{}", None, None, None, None, None, [], False)
            backend.secrets[
                name
            ].arn = f"arn:aws:secretsmanager:{region}:{DEFAULT_ACCOUNT_ID}:secret:{name}-AbCdEf"


def no_recovery_points(self: BackupResponse) -> str:
    """moto has no such call, and a vault that may be destroyed with what is in it is asked for that first."""
    return json.dumps({"RecoveryPoints": []})


if __name__ == "__main__":
    BackupResponse.list_recovery_points_by_backup_vault = no_recovery_points  # type: ignore[attr-defined]
    url_paths["{0}/backup-vaults/(?P<name>[^/]+)/recovery-points/$"] = BackupResponse.dispatch
    Route53._get_bool_param = private_by_its_network  # type: ignore[method-assign, assignment]
    FakeBucket.get_permission = permission_over_tls  # type: ignore[method-assign]
    CloudTrailResponse.describe_trails = trails_by_name  # type: ignore[method-assign]
    DomainName.to_json = with_addresses  # type: ignore[method-assign]
    remember()
    enable()
    # A rotation is tried out when it is set up. moto would run the function in a container.
    default_user_config["lambda"]["use_docker"] = False
    add_existing_zone()
    add_existing_secrets()
    runpy.run_path(os.environ["INFRA_MOTO_PATCHES"], run_name="__main__")
