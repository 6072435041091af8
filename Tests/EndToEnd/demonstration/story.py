"""What happens in the demo, in order."""

from __future__ import annotations

from functools import partial
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from staging.drctl import Output
from staging.stage import is_well
from staging.waiting import wait_until

from .client import Client
from .findings import Findings
from .report import Report
from .scene import WORKLOADS, Scene
from .show import Show
from .timeline import Timeline

Item = dict[str, Any]
# The longest that any one thing is waited for; the whole takes about a minute.
PATIENCE_SECONDS = 45


class Story:
    def __init__(self, show: Show, scene: Scene) -> None:
        self._show, self._scene = show, scene
        self._findings = Findings(show, scene)
        self._timeline = Timeline(show, scene)
        self._clients = {name: self._client(name) for name in WORKLOADS}
        # By `time.time()`, when each workload's Region went down.
        self._outages: dict[str, float] = {}
        self._faults: list[str] = []

    def tell(self) -> bool:
        """True when everything that is claimed was observed."""
        try:
            self._estate()
            self._service()
            self._record()
            self._health_check()
            self._return()
        finally:
            self._timeline.stop()
            for client in self._clients.values():
                client.stop()
        return self._ending()

    # The acts

    def _estate(self) -> None:
        show, scene = self._show, self._scene
        show.heading("1  The estate, in a simulated AWS on loopback")
        for name, kind in (
            ("orders", "RDS PostgreSQL, cross-Region replica"),
            ("payments", "Aurora global database"),
        ):
            found = scene.workload(name)
            lever = "its value is changed" if name == "orders" else "a failover pair; a health check moves it"
            show.line(
                name,
                f"{kind}: writer in {found['primary']['region']}, standby in {found['standby']['region']}",
            )
            show.more(f"{found['record']['name']}: {lever}")
        scene.configure()
        show.line("drctl", f"configuration in {scene.drctl.config}")
        checked = scene.drctl.run("validate")
        self._command("drctl validate", checked)
        self._findings.note("validate", checked.code == 0, "drctl validate accepts the configuration")

    def _service(self) -> None:
        show, scene = self._show, self._scene
        show.heading("2  drctl serve, in ap-southeast-1: the primary Region of nothing")
        scene.drctl.serve()
        for client in self._clients.values():
            client.start()
        self._timeline.start()
        for name in WORKLOADS:
            self._until(name, is_well, f"{name} is healthy, with its lag known")
            client = self._clients[name]
            wait_until(partial(is_served, client), f"the client of {name} is served")
            self._findings.before(name, client.target)
            show.line(
                "dns", f"{scene.workload(name)['record']['name']} leads to {client.known(client.target)}"
            )
        show.line("sns", "what SNS delivers to the SQS queue of each Region is shown as it is received")
        self._command("drctl status", scene.drctl.run("status"))

    def _record(self) -> None:
        show = self._show
        show.heading("3  ap-southeast-2 goes down: orders, moved by its record")
        show.tell(
            "Nobody touches anything from here on. drctl must see the outage, be sure of it, promote the "
            "replica in ap-southeast-1 once, and change the record's value through Route 53's control plane."
        )
        self._down("orders")
        self._until("orders", lambda view: view["phase"] == "failed-over", "orders has failed over")
        self._back("orders")
        self._findings.after("orders", self._clients["orders"].target)

    def _health_check(self) -> None:
        show = self._show
        show.heading("4  us-east-1 goes down as well: payments, moved by a health check")
        show.tell(
            "us-east-1 is more than the Region of payments: Route 53's control plane and its health "
            "metrics live there. While it is down no record of any zone can be changed, by anybody; DNS "
            "answers and health checks go on. So payments has a pair of records standing ready, and drctl "
            "moves it by a metric in us-east-2. That is also why this Region goes down second here: had it "
            "been the first, the record of orders would have had to wait for it."
        )
        self._down("payments")
        self._findings.note(
            "control-plane",
            not self._route53_answers(),
            "with us-east-1 down, Route 53's record API gives no answer",
        )
        self._until("payments", lambda view: view["phase"] == "failed-over", "payments has failed over")
        self._back("payments")
        self._findings.after("payments", self._clients["payments"].target)
        self._findings.note(
            "still-down", not self._route53_answers(), "payments moved while that API still gave no answer"
        )
        self._command("drctl status", self._scene.drctl.run("status"))

    def _return(self) -> None:
        show = self._show
        show.heading("5  Both Regions return: the old writers come back, and are fenced")
        show.tell(
            "Nothing at AWS keeps an old writer from taking writes once its Region is back, and then there "
            "would be two. drctl has owed both fences since it promoted; now it makes them."
        )
        for fault in self._faults:
            self._scene.lab.lift(fault)
        self._show.line("lab", "ap-southeast-2 and us-east-1 are back")
        for name in WORKLOADS:
            self._until(name, lambda view: not view["owedFences"], f"the old writer of {name} is fenced")
            wait_until(
                partial(self._is_fenced, name),
                f"the lab sees the old writer of {name} fenced",
                PATIENCE_SECONDS,
            )
            self._shown(name, "fenceSettled")

    def _ending(self) -> bool:
        show, scene = self._show, self._scene
        stopped = scene.drctl.stop()
        self._findings.note("stop", stopped == 0, "drctl stopped when told, with exit code 0")
        report = Report(scene, self._timeline.history, self._outages, self._clients)
        show.heading("6  Report")
        show.table(report.table())
        show.heading("7  What was claimed, and whether it was observed")
        self._findings.conclude(report)
        path = report.write(self._findings.as_json())
        show.line("drctl", f"report in {path}, log in {scene.drctl.log}")
        return self._findings.all_held

    # Their parts

    def _down(self, name: str) -> None:
        region = self._scene.workload(name)["primary"]["region"]
        self._faults.append(self._scene.lab.fault("region_down", region=region))
        fault = next(f for f in self._scene.lab.state()["faults"] if f["id"] == self._faults[-1])
        state = self._scene.lab.state()
        self._outages[name] = state["wall"] - (state["time"] - fault["since"])
        self._show.line("lab", f"{region} is down: API, databases, replication out of it")

    def _back(self, name: str) -> None:
        client = self._clients[name]
        wait_until(lambda: client.served and client.back_at, f"the client of {name} has a server again")
        self._shown(name, "phaseChanged failed-over")

    def _shown(self, name: str, kind: str) -> None:
        """The spectator is not to be ahead of what is told."""
        wait_until(lambda: self._timeline.has_shown(name, kind), f"{kind} of {name} is shown")

    def _is_fenced(self, name: str) -> bool:
        old = self._scene.side(name, "primary")
        return bool(old["alive"] and old["fenced"] and not old["accepting"])

    def _until(self, name: str, condition: Any, what: str) -> Item:
        def look() -> Item | None:
            if self._scene.drctl.exit_code is not None:
                raise AssertionError(f"drctl ended by itself\n{self._scene.drctl.tail()}")
            view = self._scene.api.workload(name)
            return view if view and condition(view) else None

        return wait_until(look, what, PATIENCE_SECONDS, self._scene.drctl.tail)

    def _route53_answers(self) -> bool:
        """Asked as an operator would, with a client of its own."""
        try:
            zone = self._scene.workload("orders")["record"]["zone_id"]
            self._scene.lab.client("route53", "us-east-1").list_resource_record_sets(HostedZoneId=zone)
        except (BotoCoreError, ClientError) as cause:
            self._show.line(
                "aws", f"ListResourceRecordSets: {type(cause).__name__}: no answer from us-east-1"
            )
            return False
        return True

    def _client(self, name: str) -> Client:
        found = self._scene.workload(name)
        known = {
            found[s]["host"]: f"{found[s]['identifier']} ({found[s]['region']})"
            for s in ("primary", "standby")
        }
        return Client(
            self._show, self._scene.lab.dns, found["record"]["name"], found["primary"]["port"], known
        )

    def _command(self, command: str, output: Output) -> None:
        self._show.line("drctl", f"$ {command}")
        self._show.verbatim(output.out or output.err)


def is_served(client: Client) -> bool:
    return client.served
