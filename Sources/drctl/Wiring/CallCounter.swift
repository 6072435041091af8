import AWS
import Failover
import Foundation
import Journal
import Logging
import Server

/// Logs every attempt of an AWS call at debug level, without parameters, and counts them by operation.
final class CallCounter: Sendable {
    private let logger = Logger(label: "drctl.aws")

    private struct Key: Hashable {
        var service: String
        var operation: String
        var region: String
        var isRetry: Bool
        var outcome: String
    }

    private struct Total {
        var count = 0
        var time = Duration.zero
    }

    /// Operations, Regions and AWS's error codes: a few hundred at most.
    private let totals = Locked<[Key: Total]>([:])
    /// Whatever AWS may think of; what comes then is counted as `other`.
    private static let limit = 1000

    var calls: [ServiceGauges.Calls] {
        totals.withLock { $0 }.map { key, total in
            ServiceGauges.Calls(
                service: key.service, operation: key.operation, region: key.region, isRetry: key.isRetry,
                outcome: key.outcome, count: total.count, seconds: total.time.inSeconds)
        }
        .sorted {
            ($0.service, $0.operation, $0.region, $0.outcome, $0.isRetry ? 1 : 0)
                < ($1.service, $1.operation, $1.region, $1.outcome, $1.isRetry ? 1 : 0)
        }
    }

    private func add(_ call: CallRecord) {
        var key = Key(
            service: call.service, operation: call.operation, region: call.region, isRetry: call.attempt > 1,
            outcome: "ok")
        if case .failure(_, let code, _) = call.outcome { key.outcome = code }
        totals.withLock { totals in
            if totals.count >= Self.limit, totals[key] == nil { key.outcome = "other" }
            totals[key, default: Total()].count += 1
            totals[key, default: Total()].time += call.duration
        }
    }

    func count(_ call: CallRecord) {
        add(call)
        let outcome: String
        switch call.outcome {
        case .success: outcome = "ok"
        case .failure(_, let code, let willRetry): outcome = willRetry ? "\(code), retried" : code
        }
        logger.debug(
            "\(call.service) \(call.operation)",
            metadata: [
                "region": "\(call.region)", "attempt": "\(call.attempt)", "outcome": "\(outcome)",
                "ms":
                    "\(call.duration.milliseconds)",
                "request": "\(call.requestID ?? "-")",
            ])
    }
}
