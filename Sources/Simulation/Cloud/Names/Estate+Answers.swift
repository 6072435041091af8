import Failover

/// What a name server says: a name to go on with, and for how long that may be remembered.
struct NameAnswer: Equatable, Sendable {
    var value: String
    var ttl: Duration
}

extension Estate {
    /// What server number `server` (0...3) of the zone answers now; nil when there is no such name. The data
    /// plane: it needs no Region.
    func answer(for name: String, server: Int) -> NameAnswer? {
        let name = name.lowercased()
        for id in zoneOrder {
            guard let zone = zones[id] else { continue }
            let sets = zone.sets(at: now, server: server).filter { $0.name.lowercased() == name }
            guard let set = chosen(of: sets) else { continue }
            return NameAnswer(value: set.value, ttl: .seconds(set.ttl))
        }
        return nil
    }

    /// PRIMARY while its health check is healthy, or while there is no other.
    private func chosen(of sets: [RecordSet]) -> RecordSet? {
        guard let primary = sets.first(where: { $0.failover == "PRIMARY" }) else { return sets.first }
        guard let secondary = sets.first(where: { $0.failover == "SECONDARY" }) else { return primary }
        return isHealthy(primary.healthCheck) ? primary : secondary
    }

    private func isHealthy(_ id: String?) -> Bool {
        guard let id else { return true }
        if let lever = leverChecks[id] { return lever.isHealthy }
        if let check = endpointChecks[id] { return isHealthy(check, at: now) }
        return true
    }
}
