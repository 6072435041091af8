import AWS
import Failover
import Foundation
import Logging

/// Logs every attempt of an AWS call at debug level, without parameters, and counts them by operation.
final class CallCounter: Sendable {
    private let logger = Logger(label: "drctl.aws")

    func count(_ call: CallRecord) {
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
