import Settings
import Controller
import Failover
import Foundation
import Journal
import Server

/// A failover without a running service: the same controller, in this process, under the same journal and
/// lock.
struct LocalService: FailoverService {
    let configuration: Configuration

    /// One look, on a copy of what the journal says; neither lock nor file is touched.
    func rehearse(_ request: OperatorRequest, of workloads: [WorkloadID]) async throws -> [DryRunReport] {
        let assembly = try await AgreedClock.assembly(configuration, warn: printError)
        let executor = assembly.executor(mayAct: { false })
        var machine = DecisionMachine(
            workloads: configuration.workloads,
            maxConcurrentFailovers: configuration.controller.maxConcurrentFailovers,
            fleetBrake: configuration.controller.fleetBrake, host: configuration.hostFacts)
        try await replay(assembly, into: &machine)
        let concerned = configuration.workloads.filter { workloads.contains($0.id) }
        // One look is one moment: an endpoint that hangs must not make the others' answers stale.
        let moved = concerned.filter { workload in
            machine.state(of: workload.id)?.hasItsWriter(in: workload.primaryRegion) == false
        }
        var observations = await assembly.watch.round(
            concerned.sparing(Set(moved.map(\.id))), closer: Set(workloads))
        let now = assembly.clock.now()
        for index in observations.indices { observations[index].at = now }
        _ = machine.handle(.observed(observations), now: now)
        return workloads.compactMap { id in
            guard let dryRun = machine.dryRun(request, of: id, now: now) else { return nil }
            let calls = (dryRun.plan?.steps ?? []).map {
                DryRunReport.StepCalls(step: $0.id, calls: executor.plannedCalls(for: $0))
            }
            return DryRunReport(dryRun: dryRun, calls: calls, lookedForSeconds: 0)
        }
    }

    private func replay(_ assembly: Assembly, into machine: inout DecisionMachine) async throws {
        do {
            guard let journal = try assembly.journalForReading() else { return }
            defer { journal.close() }
            var replayed = machine
            try await journal.replay { replayed.replay($0.record) }
            machine = replayed
        } catch {
            throw Failure(.failed, "\(error)")
        }
    }

    func failOver(_ workload: WorkloadID, _ request: OperatorRequest, json: Bool) async throws {
        let assembly = try await AgreedClock.assembly(configuration.only(workload), warn: printError)
        let log = PrintingLog(silent: json)
        let running = try await RunningController.open(
            assembly, holder: "drctl failover \(workload)", log: log)
        let loop = Task { await running.controller.run() }
        defer { loop.cancel() }
        try await takeLease(running, json: json)
        // A failover that was cut off is gone on with; asking for another one would be refused.
        if await running.controller.views().first(where: { $0.id == workload })?.phase == .failingOver {
            if !json { say("going on with the failover that was cut off") }
            return try await followUntilSignalled(running, workload, json: json)
        }
        let window = configuration.workloads.first { $0.id == workload }?.policy.confirmationWindow ?? .zero
        if !json { say("no service runs: looking for \(window.text) before acting") }
        try await look(running, for: window, at: workload)
        let reply = await running.controller.request(request, for: workload)
        guard case .accepted(let message) = reply else {
            await running.controller.stop(reason: "refused", patience: .seconds(2))
            switch reply {
            case .refused(let message): throw Failure(.refused, "refused: \(message)")
            case .inDoubt(let message):
                throw Failure(.inDoubt, "in doubt: \(message); run the same command again to go on")
            case .accepted: return
            }
        }
        if !json { say(message) }
        try await followUntilSignalled(running, workload, json: json)
    }

    /// What a dead host holds has to run out first; a living one is to be asked itself.
    private func takeLease(_ running: RunningController, json: Bool) async throws {
        guard let ttl = configuration.controller.lease?.ttl else { return }
        let (controller, clock) = (running.controller, running.assembly.clock)
        let end = clock.now() + ttl * 3
        var isTold = false
        while await !controller.mayAct {
            let holder = await controller.leaseView()?.holder ?? ""
            if await controller.anotherHostLeads {
                await controller.stop(reason: "another host leads", patience: .zero)
                throw Failure(.refused, "refused: \(holder) holds the lease and is alive: ask there")
            }
            if !holder.isEmpty, !isTold, !json {
                say("\(holder) holds the lease: waiting up to \((ttl * 3).text) for it to run out")
                isTold = true
            }
            guard clock.now() < end else {
                let fault = await controller.journalFault ?? "its table gives no answer"
                await controller.stop(reason: "no lease", patience: .zero)
                throw Failure(
                    .failed,
                    "the lease could not be had within \((ttl * 3).text): \(fault). When every other host is "
                        + "stopped, --without-lease goes on without it (docs/hosts.md)")
            }
            try await clock.sleep(for: .milliseconds(200))
        }
    }

    /// A service has watched for days; this process has not. It looks over a whole window, so that a primary
    /// that is alive has the time to show it, or until the quorum has held for that long.
    private func look(_ running: RunningController, for window: Duration, at workload: WorkloadID)
        async throws
    {
        let end = running.assembly.clock.now() + window
        while running.assembly.clock.now() < end {
            try await running.assembly.clock.sleep(for: .milliseconds(200))
        }
        await running.controller.round()
    }

    /// Ctrl-C stops at the next safe point and says how to go on.
    private func followUntilSignalled(
        _ running: RunningController, _ workload: WorkloadID, json: Bool
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await follow(running, workload, json: json) }
            group.addTask {
                let name = await Signals.first()
                try Task.checkCancellation()
                await running.controller.stop(reason: name, patience: .seconds(5))
                throw Failure(
                    .failed,
                    "stopped halfway by \(name): run the same command again, or start drctl serve, to go on")
            }
            try await group.next()
            group.cancelAll()
        }
    }

    private func follow(_ running: RunningController, _ workload: WorkloadID, json: Bool) async throws {
        while true {
            guard let view = await running.controller.views().first(where: { $0.id == workload }) else {
                return
            }
            if view.phase != .failingOver {
                await running.controller.stop(reason: "the failover has ended", patience: .seconds(20))
                if json { try printJSON(view) }
                return try conclude(view)
            }
            if await running.controller.fatalFault != nil { throw Failure(.failed, "the journal failed") }
            try await running.assembly.clock.sleep(for: .milliseconds(200))
        }
    }

    private func conclude(_ view: WorkloadView) throws {
        switch view.phase {
        case .failedOver:
            if !view.heldLevers.isEmpty {
                let names = view.heldLevers.joined(separator: ", ")
                printError("start drctl serve NOW: it keeps the traffic of \(names) where it is")
            }
            if !view.owedFences.isEmpty {
                printError(
                    "a fence is owed: start drctl serve, which makes it as soon as the old Region answers")
            }
        case .needsOperator:
            throw Failure(.failed, "the plan stopped: start drctl serve and use drctl resume or abandon")
        default: throw Failure(.failed, "the failover was given up: drctl explain \(view.id) says why")
        }
    }
}

extension Configuration {
    /// One workload alone: a failover by hand must not start others beside it.
    fileprivate func only(_ workload: WorkloadID) -> Configuration {
        var copy = self
        copy.workloads = workloads.filter { $0.id == workload }
        // Nothing but the request may set this process off.
        for index in copy.workloads.indices { copy.workloads[index].policy.mode = .observe }
        return copy
    }
}

/// Prints the records of a failover as they come.
private struct PrintingLog: ControllerLog {
    let silent: Bool

    func record(_ record: Record) {
        guard !silent else { return }
        switch record.event {
        case .noticeIssued, .noticeSettled, .assessed, .requestReceived: return
        default: say("\(clockText(record.at, now: record.at))  \(RecordText(record: record).line)")
        }
    }

    func problem(_ message: String) { printError(message) }

    func remark(_ message: String) { if !silent { say(message) } }
}
