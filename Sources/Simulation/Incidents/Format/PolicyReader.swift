import Failover

/// The `policy` section: keys as in `config.yaml`.
enum PolicyReader {
    static let keys =
        ["quorum", "witnesses", "poll_interval", "max_concurrent_failovers"] + IncidentPolicy.spanKeys

    static func read(_ field: IncidentField) -> IncidentPolicy {
        var policy = IncidentPolicy()
        guard let section = field.section(keys) else { return policy }
        for key in IncidentPolicy.spanKeys {
            if let span = section[key]?.span() { policy.spans[key] = span }
        }
        if let span = section["poll_interval"]?.span(.seconds(1) ... .seconds(300)) {
            policy.pollInterval = span
        }
        if let count = section["max_concurrent_failovers"]?.count(1...64) {
            policy.maxConcurrentFailovers = count
        }
        if let names = section["witnesses"]?.names() {
            let kinds = names.compactMap(WitnessKind.init(rawValue:))
            if kinds.count == names.count, kinds.count >= 2, kinds.contains(where: \.standsOutside) {
                policy.witnesses = Set(kinds)
            } else {
                let known = WitnessKind.allCases.map(\.rawValue).joined(separator: ", ")
                section["witnesses"]?.refuse(
                    "must be two or more of \(known), route53 or replication among them")
            }
        }
        policy.quorum = section["quorum"]?.count(2...(policy.witnesses?.count ?? WitnessKind.allCases.count))
        return policy
    }
}
