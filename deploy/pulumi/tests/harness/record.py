"""Runs the program under Pulumi's mocks and prints what it registered, as JSON. A process for each run: the
SDK keeps global state. Plain mocks forget dependencies, providers, protection and ignored changes; this
monitor keeps them."""

import json
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pulumi
from pulumi.runtime import mocks, rpc, stack, sync_await
from pulumi.runtime import settings as runtime_settings

from . import answers

# The SDK has no public name for it.
ensure_event_loop = cast("Callable[[], None]", sync_await._ensure_event_loop)

PROGRAM = Path(__file__).resolve().parents[2]


class Answers(mocks.Mocks):
    """What the cloud would say."""

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Every computed property has a value, so that nothing hides behind an unknown one."""
        return answers.resource(args.typ, args.name, args.inputs, args.provider or "", bool(args.custom))

    def call(self, args: mocks.MockCallArgs) -> Any:
        """Functions such as aws.get_availability_zones."""
        return answers.function(args.token, args.args, args.provider), []


class Previewed(Answers):
    """Before anything exists, only what the program says itself is known."""

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """Every computed property is unknown."""
        state = dict(args.inputs)
        if args.custom and args.typ.startswith("aws:"):
            state |= {p: rpc.UNKNOWN for p in answers.computed(args.typ) if p not in state}
            return "", state
        return f"{args.name}-id", state


class Monitor(mocks.MockMonitor):
    """Keeps each registration."""

    def __init__(self, cloud: Answers) -> None:
        super().__init__(cloud)
        self.registered: list[dict[str, Any]] = []
        self.outputs: dict[str, Any] = {}

    def RegisterResource(self, request: Any) -> Any:
        """Names as the engine's protocol has them."""
        ensure_event_loop()
        if request.type != "pulumi:pulumi:Stack":
            self.registered.append(
                {
                    "urn": self.make_urn(request.parent, request.type, request.name),
                    "type": request.type,
                    "name": request.name,
                    "custom": request.custom,
                    "inputs": plain(rpc.deserialize_properties(request.object)),
                    "secrets": secrets(rpc.deserialize_properties(request.object)),
                    "provider": request.provider,
                    "parent": request.parent,
                    "dependencies": list(request.dependencies),
                    "ignore_changes": list(request.ignoreChanges),
                    "protect": bool(request.protect),
                    "retain": bool(request.retainOnDelete),
                }
            )
        return super().RegisterResource(request)  # type: ignore[no-untyped-call]

    def RegisterResourceOutputs(self, request: Any) -> Any:
        """The stack's own outputs."""
        if "pulumi:pulumi:Stack::" in request.urn:
            self.outputs = rpc.deserialize_properties(request.outputs)
        return super().RegisterResourceOutputs(request)  # type: ignore[no-untyped-call]


def plain(value: Any) -> Any:
    """Without the marks of secrets; assets as their paths or texts."""
    if rpc.is_rpc_secret(value):
        value = rpc.unwrap_rpc_secret(value)
    if isinstance(value, pulumi.Output):
        return "<unknown>"
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, pulumi.FileAsset | pulumi.FileArchive):
        return {"path": value.path}
    if isinstance(value, pulumi.StringAsset):
        return {"text": value.text}
    if isinstance(value, pulumi.AssetArchive):
        return {"assets": {k: plain(v) for k, v in value.assets.items()}}
    return value


def secrets(inputs: dict[str, Any]) -> list[str]:
    """The properties that are secret."""
    return [k for k, v in inputs.items() if rpc.is_rpc_secret(v)]


def run(config: dict[str, str], cloud: Answers | None = None) -> dict[str, Any]:
    """The whole program, once. With `preview` in the config as Pulumi previews it: what AWS will say is not
    known."""
    preview = bool(config.pop("preview", ""))
    monitor = Monitor(cloud or (Previewed() if preview else Answers()))
    mocks.set_mocks(monitor.mocks, project="drctl", stack="test", preview=preview, monitor=monitor)
    pulumi.runtime.set_all_config({f"drctl:{k}": v for k, v in config.items()}, [])
    # set_mocks made a stack already; run_in_stack makes the real one.
    runtime_settings.set_root_resource(None)  # type: ignore[arg-type]
    os.chdir(PROGRAM)
    sys.path.insert(0, str(PROGRAM))
    ensure_event_loop()

    def program() -> None:
        runpy.run_path(str(PROGRAM / "__main__.py"), run_name="__main__")

    sync_await._sync_await(stack.run_in_stack(program))
    return {"resources": monitor.registered, "outputs": plain(monitor.outputs)}


if __name__ == "__main__":
    # What is unknown in a preview is no JSON; as text it says so.
    print(json.dumps(run(json.loads(sys.argv[1])), default=str))
