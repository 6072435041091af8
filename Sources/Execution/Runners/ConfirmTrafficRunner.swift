import AWS
import Failover

/// Asks the resolvers until the clients' name leads to the new writer. It sees what clients would be told,
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
            return .done("\(action.name) leads to \(action.endpoint.host)")
        }
        let found = view.names.last ?? listed(Array(view.addresses.prefix(4)))
        let failure = view.failure.map { " (\($0))" } ?? ""
        return .wait("DNS leads \(action.name) to \(found)\(failure), not to \(action.endpoint.host)")
    }

    var plannedCalls: [PlannedCall] { [] }
}
