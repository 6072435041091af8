import Failover

/// The `policy` section: keys as in `config.yaml`.
enum PolicyReader {
    static let keys =
        ["quorum", "witnesses", "poll_interval", "max_concurrent_failovers", "maintenance", "fleet_brake"]
        + IncidentPolicy.spanKeys

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
        policy.maintenance = section["maintenance"]?.items().compactMap(window) ?? []
        if let brake = section["fleet_brake"]?.section(["percent", "within", "at_least"]) {
            read(brake, into: &policy.fleetBrake)
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

    /// Of whole minutes, as in config.yaml.
    private static func window(_ field: IncidentField) -> IncidentPolicy.Window? {
        guard let section = field.section(["at", "for"]),
            let at = section.required("at", "when does the window open?")?.span(),
            let length = section.required("for", "how long is it open?")?.span(
                .seconds(60) ... .seconds(86400))
        else { return nil }
        guard (at.milliseconds % 60_000, length.milliseconds % 60_000) == (0, 0) else {
            field.refuse("opens at \(at.spelled) for \(length.spelled); write whole minutes")
            return nil
        }
        return .init(at: at, length: length)
    }

    private static func read(_ section: IncidentSection, into brake: inout FleetBrake) {
        if let percent = section["percent"]?.count(1...100) { brake.share = Double(percent) / 100 }
        if let within = section["within"]?.span(.seconds(1) ... .seconds(3600)) { brake.within = within }
        if let count = section["at_least"]?.count(2...1000) { brake.atLeast = count }
    }
}
