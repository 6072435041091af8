import AWS
import Failover

struct CallBudget: Invariant {
    static let id = "INV10"
    static let rule = "Calls keep to a budget for each service, also while everything fails"

    private let databases: Int
    private var recent: [Key: [Timestamp]] = [:]

    private struct Key: Hashable {
        var host: HostID
        var service: String
        var region: String
    }

    /// One database has one step at work, which looks every 5 s with up to 4 calls (an Aurora writer: its
    /// cluster, the global clusters, its instances, a probe's address), each tried at most 3 times: 12 x 4 x
    /// 3 = 144 attempts a minute. An owed fence beside it makes the same again.
    static let perMinute = 288

    init(_ premises: Premises) { databases = premises.workloads.map(\.databases.count).reduce(0, +) }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        guard case .called(let host, let call) = happening.kind else { return [] }
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
