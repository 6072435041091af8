"""What moto forgets, where a second plan would therefore build something anew: the plan would then be about
that and all that hangs on it, and no longer about the stack. Each patch says what happens without it. What is
forgotten and hurts nobody is in forgotten.py."""

import inspect
from typing import Any

from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.instances import Instance
from moto.elasticache.models import CacheCluster
from moto.route53.models import HealthCheck
from moto.route53.responses import Route53

_create_check = Route53.create_health_check
_config = HealthCheck.health_check_config.fget  # type: ignore[attr-defined]
_association = NetworkInterface.association.fget  # type: ignore[attr-defined]
_interfaces = Instance.prep_nics
_cluster = CacheCluster.__init__


def create_check(self: Route53) -> Any:
    """A health check forgets the alarm that it follows, and has an interval like those that ask an endpoint:
    it would be made anew, and so would every record that it decides."""
    made: Any = _create_check(self)
    made.result["HealthCheck"].given = self._get_param("HealthCheckConfig")
    return made


def config_of_check(self: HealthCheck) -> Any:
    """What was given, where it follows an alarm."""
    if self.type_ == "CLOUDWATCH_METRIC":
        return {"Inverted": False, "Disabled": False, **self.given}  # type: ignore[attr-defined]
    return _config(self)


def association(self: NetworkInterface) -> Any:
    """An interface without a public address has an empty one, which is taken for an address: the host would
    be made anew without it."""
    return _association(self) or None


def prepare_interfaces(self: Instance, *arguments: Any, **more: Any) -> None:
    """A machine forgets the groups of its interface."""
    _interfaces(self, *arguments, **more)
    if not self.security_groups:
        self.security_groups = list(self.nics[0].group_set)


def cluster(self: CacheCluster, *arguments: Any, **more: Any) -> None:
    """A node of a cache forgets its group's encryption and its security groups: the cache would be made
    anew."""
    encrypted = more.pop("at_rest_encryption_enabled", False)
    _cluster(self, *arguments, **more)
    remembered: Any = self
    remembered.at_rest_encryption_enabled = bool(encrypted)
    groups = more.get("security_group_ids") or []
    remembered.security_groups = [{"SecurityGroupId": g, "Status": "active"} for g in groups]


def remember() -> None:
    """Puts them in place."""
    signature = inspect.signature(_cluster)
    more = inspect.Parameter("at_rest_encryption_enabled", inspect.Parameter.KEYWORD_ONLY, default=False)
    # The tool's own patch hands over whatever a cluster asks for and its group has.
    cluster.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*signature.parameters.values(), more]
    )
    CacheCluster.__init__ = cluster  # type: ignore[method-assign]
    Route53.create_health_check = create_check  # type: ignore[method-assign]
    HealthCheck.health_check_config = property(config_of_check)  # type: ignore[assignment, method-assign]
    NetworkInterface.association = property(association)  # type: ignore[assignment, method-assign]
    Instance.prep_nics = prepare_interfaces  # type: ignore[method-assign]
