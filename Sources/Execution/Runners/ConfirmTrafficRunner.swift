import AWS
import Failover

/// Asks the resolvers until the clients' name leads to the new writer, and where the database is asked in SQL
/// until a write through that name commits there. It sees what clients would be told,
/// not what they remember: pools and caches of theirs may hold on to the old writer for longer.
struct ConfirmTrafficRunner: StepRunner, Awaited {
    let action: ConfirmTraffic

    var what: String { "the traffic of \(action.name)" }
    var place: String { "DNS" }
    var advice: String {
        "Clients may still be led to the old writer: check the record, its TTL and the resolvers' caches."
    }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Never> {
        let view = await trial.context.answersFor(action.name)
        let wanted = DNSView.bare(action.endpoint.host)
        if view.names.contains(wanted) || DNSView.bare(action.name) == wanted {
            return await confirmed(trial)
        }
        let found = view.names.last ?? listed(Array(view.addresses.prefix(4)))
        let failure = view.failure.map { " (\($0))" } ?? ""
        return .wait("DNS leads \(action.name) to \(found)\(failure), not to \(action.endpoint.host)")
    }

    /// Without a checked certificate whoever answers to the name would do, the old writer too, and not even a
    /// row of ours may be written there: who answers is known before anything is written.
    private func confirmed(_ trial: Trial) async -> Sighting<Never> {
        let found = "\(action.name) leads to \(action.endpoint.host)"
        guard let look = await trial.context.through(action.name, action.endpoint, false) else {
            return .done(found)
        }
        if case .missing(let obstacle) = WriteProof(look) {
            return .wait("\(found), but through that name it \(obstacle)")
        }
        let here = await trial.context.probe(action.endpoint).value?.sql?.server
        if let other = another(behind: look, than: here) { return .wait("\(found), but \(other)") }
        guard let reading = await trial.context.through(action.name, action.endpoint, true) else {
            return .done(found)
        }
        switch WriteProof(reading) {
        case .proven(let proof):
            // The name may lead to several.
            if let other = another(behind: reading, than: here) { return .wait("\(found), but \(other)") }
            return .done("\(found), and through that name it \(proof)")
        case .missing(let obstacle): return .wait("\(found), but through that name it \(obstacle)")
        }
    }

    /// Nil when the two are one, or do not tell.
    private func another(behind reading: Reading<ProbeAnswer>, than here: String?) -> String? {
        guard let there = reading.value?.sql?.server, let here, here != there else { return nil }
        return "through that name another server answers (\(there)) than at the endpoint (\(here))"
    }

    var plannedCalls: [PlannedCall] { [] }
}
