import AWS
import Failover

struct CallBudget: Invariant {
    static let id = "INV10"
    static let rule =
        "Calls keep to a budget for each service, also while everything fails; retries are few and spread; "
        + "and nothing delays the renewal of the lease"

    private let databases: Int
    private var recent: [Key: [Timestamp]] = [:]
    private var retries = RetrySpread()
    private var renewals: LeaseRenewals

    private struct Key: Hashable {
        var host: HostID
        var service: String
        var region: String
    }

    /// One database has one step at work, which looks every 5 s with up to 4 calls (an Aurora writer: its
    /// cluster, the global clusters, its instances, a probe's address), each tried at most 3 times: 12 x 4 x
    /// 3 = 144 attempts a minute. An owed fence beside it makes the same again.
    static let perMinute = 288

    init(_ premises: Premises) {
        databases = premises.workloads.map(\.databases.count).reduce(0, +)
        renewals = LeaseRenewals(ttl: premises.leaseTTL)
    }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        switch happening.kind {
        case .called(let host, let call, let cause):
            return count(host, call, happening) + retries.take(host, call, cause, at: happening.at)
        case .host(let host, let event):
            renewals.take(host, event, at: happening.at)
            return []
        case .lease(let host, _, _):
            renewals.taken(by: host)
            return []
        case .problem(let host, let text):
            return renewals.said(host, text, at: happening.at)
        case .leaseAsked(let host): return renewals.asked(host, at: happening.at)
        default: return []
        }
    }

    mutating func findings(atTheEnd past: Chronicle) -> [String] {
        retries.verdict() + renewals.verdict(at: past.now)
    }

    private mutating func count(_ host: HostID, _ call: CallRecord, _ happening: Happening) -> [String] {
        let key = Key(host: host, service: call.service, region: call.region)
        var times = recent[key] ?? []
        times.append(happening.at)
        let limit = Self.perMinute * max(1, databases)
        guard times.count > limit else {
            recent[key] = times
            return []
        }
        let oldest = times.removeFirst()
        recent[key] = times
        guard happening.at - oldest < .seconds(60) else { return [] }
        // Said once, not for every further call.
        recent[key] = []
        return ["\(host) asks \(call.service) in \(call.region) more than \(limit) times a minute"]
    }
}
