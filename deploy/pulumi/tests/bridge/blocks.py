"""Where a block holds both what the program gives and what AWS adds, the tool answers with the former alone:
an endpoint's own host name in its configuration would be missing. This completes such blocks."""

from types import ModuleType
from typing import Any

# (type, property): a block of which AWS computes a part.
MIXED = {("aws:apigatewayv2/domainName:DomainName", "domainNameConfiguration")}


def complete(tool: ModuleType) -> None:
    """Makes the tool's answers whole."""
    plain = tool.Bridge._aws_outputs

    def whole(bridge: Any, made: Any, wire: dict[str, Any]) -> Any:
        identity, state = plain(bridge, made, wire)
        for token, prop in MIXED:
            if made.token == token:
                state = {**state, prop: {**_unknown(bridge, made, prop), **state[prop]}}
        return identity, state

    tool.Bridge._aws_outputs = whole


def _unknown(bridge: Any, made: Any, prop: str) -> dict[str, Any]:
    """The block as it would be had the program given none of it."""
    from pulumi import _types

    cls = bridge.names.sdk_class(made.token)
    block = bridge.schema["resource_schemas"][made.tf_type]["block"]
    field = bridge.names.tf_field(made.tf_type, block, prop, True)
    annotation = _types.resource_types(cls)[prop]
    found = bridge._unknown(f"{made.address}.{field}", block, field, annotation)
    return dict(found)
