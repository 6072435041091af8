import AWS
import Failover

/// Of INV10: a call is tried again after a random part of 1 s, then of 2 s. Hosts that fail together must not
/// come back together.
struct RetrySpread {
    /// Three, one more with fresh credentials, and one more with a corrected clock.
    static let attempts = 5
    /// So many waits of a run are needed to tell chance from habit: all of them within a tenth of their span
    /// happens by chance once in 10^10 runs.
    static let enough = 12
    static let leastSpread = 0.1

    private var failures: [Key: (attempt: Int, at: Timestamp)] = [:]
    /// The waits that were taken, as parts of the longest that was allowed.
    private var least = Double.infinity
    private var most = -Double.infinity
    private var count = 0

    private struct Key: Hashable {
        var host: HostID
        var service: String
        var operation: String
        var region: String
        var cause: String
    }

    mutating func take(_ host: HostID, _ call: CallRecord, _ cause: Cause?, at now: Timestamp) -> [String] {
        let failure = call.failureToRetry
        guard call.attempt > 1 || failure != nil else { return [] }
        let key = Key(
            host: host, service: call.service, operation: call.operation, region: call.region,
            cause: cause?.text ?? "")
        if let before = failures[key], call.attempt == before.attempt + 1 {
            note(wait: now - call.duration - before.at, retry: before.attempt)
        }
        failures[key] = failure.map { _ in (call.attempt, now) }
        return call.attempt > Self.attempts
            ? ["\(host) tries \(call.operation) for the \(call.attempt)th time in one call"] : []
    }

    private mutating func note(wait: Duration, retry: Int) {
        let share = wait.inSeconds / Double(1 << (retry - 1))
        least = min(least, share)
        most = max(most, share)
        count += 1
    }

    func verdict() -> [String] {
        count >= Self.enough && most - least < Self.leastSpread
            ? ["\(count) retries were not spread: each came after the same part of its span"] : []
    }
}

extension CallRecord {
    /// What is tried again after a wait. Fresh credentials and a corrected clock are tried at once.
    fileprivate var failureToRetry: AWSError.Kind? {
        guard case .failure(let kind, _, willRetry: true) = outcome else { return nil }
        switch kind {
        case .throttled, .serverFault, .network, .malformedResponse: return kind
        default: return nil
        }
    }
}
