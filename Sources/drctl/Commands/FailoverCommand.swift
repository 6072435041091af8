import ArgumentParser
import Settings
import Failover
import Foundation
import Server

struct FailoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "failover", abstract: "Fail a workload over now, or show what that would do.",
        discussion: """
            Works through the running service; when none runs, by itself under the same journal and lock. \
            A person's request passes over the gates \(GateOptions.names(.byVerb, ", ")); lag needs \
            --allow-data-loss; \(GateOptions.names(.named, " and ")) need --override, source-alive then a \
            fence that holds as well; the others cannot be passed over. Exits with 3 when a gate refuses.
            """)

    @Argument(help: "The workload. Without one, --dry-run shows all.")
    var workload: String?

    @Flag(
        help:
            "Show the evidence, the gates, the plan with every AWS call, and the loss. Changes nothing."
    )
    var dryRun = false

    @Option(help: "Why. It goes into the journal. Needed unless --dry-run.")
    var reason: String?

    @Option(help: "Who you are. Default: the user who called sudo, else the user.")
    var by: String?

    @OptionGroup var gates: GateOptions

    @Flag(help: "Do not ask for the workload's name.")
    var yes = false

    @Flag(
        help:
            """
            Where hosts share a journal and its table is out of reach: by this host's own journal, once \
            every other host is stopped. See docs/hosts.md.
            """
    )
    var withoutLease = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !dryRun else { return }
        guard workload != nil else { throw ValidationError("name the workload, or use --dry-run to see all") }
        guard let reason, !reason.trimmingCharacters(in: .whitespaces).isEmpty else {
            throw ValidationError("--reason must say why: it goes into the journal")
        }
    }

    func run() async throws {
        if common.isRemote { return try await runElsewhere() }
        let configuration = try common.load()
        let names = configuration.workloads.map(\.id.rawValue)
        if let workload, !names.contains(workload) { throw unknownWorkload(workload, known: names) }
        let request = OperatorRequest(
            verb: .failover, by: by ?? currentUser(), reason: reason ?? "dry run",
            overrides: try gates.overrides())
        let service = try await service(configuration)
        if dryRun {
            let ids = workload.map { [WorkloadID($0)] } ?? configuration.workloads.map(\.id)
            return try show(try await service.rehearse(request, of: ids))
        }
        try await failOver(WorkloadID(workload ?? ""), request, service)
        if !common.json { try await handOver(configuration) }
    }

    /// What is left to people, as soon as there is something left.
    private func handOver(_ configuration: Configuration) async throws {
        let named = configuration.workloads.first { $0.id.rawValue == workload }
        guard let workload = named else { return }
        let client = try common.client()
        var view: WorkloadView?
        if await client.isThere() {
            view = try await client.status().workloads.first { $0.id == workload.id }
        }
        let handover = Handover(workload, view: view, controller: configuration.controller.region)
        say("\n" + HandoverText(handover: handover).text)
    }

    /// Nothing of this host is read: the configuration is the other host's.
    private func runElsewhere() async throws {
        guard !withoutLease else { throw Failure(.usage, "--without-lease is for the host itself") }
        let client = try common.client()
        let names = try await client.status().workloads.map(\.id.rawValue)
        if let workload, !names.contains(workload) { throw unknownWorkload(workload, known: names) }
        let request = OperatorRequest(
            verb: .failover, by: by ?? currentUser(), reason: reason ?? "dry run",
            overrides: try gates.overrides())
        if dryRun {
            let ids = (workload.map { [$0] } ?? names).map { WorkloadID($0) }
            return try show(try await client.rehearse(request, of: ids))
        }
        try await failOver(WorkloadID(workload ?? ""), request, client)
    }

    private func service(_ configuration: Configuration) async throws -> any FailoverService {
        let client = try common.client()
        let isThere = await client.isThere()
        guard withoutLease else { return isThere ? client : LocalService(configuration: configuration) }
        guard configuration.controller.lease != nil else {
            throw Failure(.usage, "--without-lease: this configuration has no controller.lease")
        }
        guard !isThere else {
            throw Failure(
                .refused,
                "a service runs on this host, and may get the lease back: stop it first, and the others")
        }
        var alone = configuration
        alone.controller.lease = nil
        return LocalService(configuration: alone)
    }

    private func show(_ reports: [DryRunReport]) throws {
        if common.json {
            try printJSON(reports)
        } else {
            common.show(reports.map { DryRunText(report: $0).text }.joined(separator: "\n\n"))
        }
        let refused = reports.contains { !$0.dryRun.refusedBy.isEmpty || $0.dryRun.plan == nil }
        if refused { throw Failure(.refused) }
    }

    private func failOver(
        _ workload: WorkloadID, _ request: OperatorRequest, _ service: any FailoverService
    ) async throws {
        if !yes { try await confirm(workload, request, service) }
        try await service.failOver(workload, request, json: common.json)
    }

    /// Shows what will happen and asks for the name: a yes comes too easily at 3 a.m.
    private func confirm(
        _ workload: WorkloadID, _ request: OperatorRequest, _ service: any FailoverService
    ) async throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(.usage, "there is no terminal to ask on: give --yes if you are sure")
        }
        let report = try await service.rehearse(request, of: [workload])
        // On standard error: standard output is for the answer, which may be JSON.
        if let first = report.first { printError(DryRunText(report: first).summary) }
        // Two hosts that both act would be two writers: that nobody else does is this person's word.
        let phrase = withoutLease ? "\(workload) alone" : workload.rawValue
        let asked = withoutLease ? "'\(phrase)', if every other host is stopped," : "the workload's name"
        FileHandle.standardError.write(Data("Type \(asked) to fail it over: ".utf8))
        guard readLine() == phrase else {
            throw Failure(.refused, "not confirmed; nothing was done")
        }
    }
}

/// The running service, or the controller inside this process when none runs.
protocol FailoverService: Sendable {
    func rehearse(_ request: OperatorRequest, of workloads: [WorkloadID]) async throws -> [DryRunReport]
    /// Returns when the failover has completed; throws how it ended otherwise.
    func failOver(_ workload: WorkloadID, _ request: OperatorRequest, json: Bool) async throws
}

extension ServiceClient: FailoverService {
    func rehearse(_ request: OperatorRequest, of workloads: [WorkloadID]) async throws -> [DryRunReport] {
        var reports: [DryRunReport] = []
        for workload in workloads { reports.append(try await dryRun(request, of: workload)) }
        return reports
    }

    func failOver(_ workload: WorkloadID, _ request: OperatorRequest, json: Bool) async throws {
        let answer = try await self.request(request, for: workload)
        try report(answer, json: json)
        try await Progress(client: self, workload: workload, silent: json).follow()
    }
}
