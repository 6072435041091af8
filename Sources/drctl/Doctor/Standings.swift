import Failover
import Foundation
import Journal
import Server

/// Where the workloads stand: as the service says, else as the journal says.
struct Standings: Sendable {
    /// Nil when no service answers.
    var service: ServiceStatus?
    /// As the journal leaves it; as new where there is none, or where it could not be read.
    var machine: DecisionMachine
    var records = 0
    /// Why the journal could not be read; nil when it was, and when there is none yet.
    var journalFault: String?
    /// Who has the journal open for writing.
    var holder: LockHolder?

    /// A journal of years reads in seconds; more is not waited for.
    static let patience = Duration.seconds(5)

    static func learn(_ context: DoctorContext) async -> Standings {
        let controller = context.configuration.controller
        let client = ServiceClient(socketPath: context.socketPath)
        async let status = within(patience, context.clock) { try? await client.status() }
        let fresh = Standings(
            machine: DecisionMachine(
                workloads: context.configuration.workloads,
                maxConcurrentFailovers: controller.maxConcurrentFailovers,
                fleetBrake: controller.fleetBrake, host: context.configuration.hostFacts))
        var standings =
            await within(patience, context.clock) { await fresh.read(context.assembly) } ?? unread(fresh)
        standings.holder = SQLiteJournal.holder(path: controller.journal)
        standings.service = await status ?? nil
        return standings
    }

    private static func unread(_ fresh: Standings) -> Standings {
        var unread = fresh
        unread.journalFault =
            "the journal was not read within \(patience.text): start drctl serve, which knows it"
        return unread
    }

    private func read(_ assembly: Assembly) async -> Standings {
        var read = self
        do {
            guard let journal = try assembly.journalForReading() else { return self }
            defer { journal.close() }
            try await journal.replay {
                read.machine.replay($0.record)
                read.records += 1
            }
            return read
        } catch {
            var failed = self
            failed.journalFault = "\(error)"
            return failed
        }
    }

    func phase(of id: WorkloadID) -> Phase? {
        service?.workloads.first { $0.id == id }?.phase ?? machine.state(of: id)?.phase
    }

    /// Whose configured primary is not the writer by record, or of which nobody can tell.
    func moved(_ workloads: [Workload]) -> Set<WorkloadID> {
        let isUnknown = service == nil && journalFault != nil
        let moved = workloads.filter { workload in
            isUnknown || active(workload) == .standby
                || machine.state(of: workload.id)?.hasItsWriter(in: workload.primaryRegion) == false
        }
        return Set(moved.map(\.id))
    }

    /// Where the writer should be.
    func active(_ workload: Workload) -> Side {
        let region =
            service?.workloads.first { $0.id == workload.id }?.activeRegion
            ?? machine.state(of: workload.id)?.activeRegion
        return region == workload.standbyRegion ? .standby : .primary
    }
}
