"""IAM's simulator: the lab refuses what a fault `access_denied` refuses, and allows everything else."""

from __future__ import annotations

from typing import Any

from .call import Call
from .world import World

Item = dict[str, Any]


def simulate(world: World, _: Call, params: Item) -> Item:
    denied = {str(fault.spec.get("operation", "")).lower() for fault in world.faults.active("access_denied")}
    results = [
        {
            "EvalActionName": action,
            "EvalResourceName": resource,
            "EvalDecision": "implicitDeny" if action.split(":")[1].lower() in denied else "allowed",
            "MatchedStatements": [],
            "MissingContextValues": [],
        }
        for action in params["ActionNames"]
        for resource in params.get("ResourceArns") or ["*"]
    ]
    return {"EvaluationResults": results, "IsTruncated": False}


OPERATIONS = {"SimulatePrincipalPolicy": simulate}
