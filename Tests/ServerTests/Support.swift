import Failover
import Foundation
import Journal
import Logging

@testable import Server

/// Operations of a controller that says yes to `orders` and no to everybody else, and keeps a journal.
final class Echo: Operations {
    let journal = Locked<[Entry]>([])
    let asked = Locked(0)

    func status() async -> ServiceStatus {
        let now = Timestamp(milliseconds: 0)
        return ServiceStatus(
            version: "test", region: "eu-west-1", configurationDigest: "none", now: now, startedAt: now,
            lastRoundAt: nil, journalFault: nil, workloads: [])
    }

    func gauges() async -> ServiceGauges {
        ServiceGauges(lastTurnAt: nil, round: .seconds(10), calls: [], webhook: nil)
    }

    func knows(_ workload: WorkloadID) async -> Bool { workload != "nothing" }

    func dryRun(_ request: OperatorRequest, of workload: WorkloadID) async -> DryRunReport? { nil }

    func request(_ request: OperatorRequest, for workload: WorkloadID) async -> OperatorReply {
        asked.withLock { $0 += 1 }
        guard workload == "orders" else {
            note(.requestRefused(request: request, because: "a gate is closed"), workload)
            return .refused(message: "a gate is closed")
        }
        note(.requestReceived(request: request), workload)
        return .accepted(message: "\(request.verb.rawValue) \(workload) by \(request.by)")
    }

    private func note(_ event: Event, _ workload: WorkloadID) {
        journal.withLock { entries in
            let record = Record(
                at: Timestamp(milliseconds: 0), workload: workload, epoch: 0, rule: nil, event: event)
            entries.append(Entry(sequence: Int64(entries.count + 1), record: record))
        }
    }

    func history(after sequence: Int64, workload: WorkloadID?, limit: Int) async throws -> [Entry] {
        journal.withLock { $0.filter { $0.sequence > sequence } }
    }

    func latest(workload: WorkloadID?, limit: Int) async throws -> [Entry] {
        journal.withLock { $0.filter { $0.record.workload == workload || workload == nil } }
    }

    func explanation(of workload: WorkloadID, at time: Timestamp) async throws -> Explanation? { nil }
}

func quietLogger() -> Logger {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
}

func quietPage(_ operations: any Operations) -> PageRoutes {
    PageRoutes(
        operations: operations,
        words: PageWords(record: { _ in nil }, runbook: { _ in nil }, limit: { _ in nil }),
        sleep: { try await Task.sleep(for: $0) })
}
