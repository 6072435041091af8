import Failover
import Observers

/// The name, as this host's resolvers answer it: it is how a failover's end is confirmed.
struct AnswerCheck {
    var name: String
    var database: Database
    var active: Side

    func finding(_ answer: DNSAnswer) -> Finding {
        let check = "dns \(name)"
        let expected = database.site(active).endpoint.host
        let targets = answer.chain.map(\.target)
        if targets.contains(where: { RecordName.same($0, expected) }) {
            return .ok(check, "leads to \(expected)")
        }
        if let failure = answer.failure, targets.isEmpty {
            return .warn(
                check,
                "\(failure): a failover's end could not be confirmed from here. Let this host resolve the "
                    + "name (controller.resolvers)")
        }
        let there = targets.last ?? answer.addresses.map(\.text).joined(separator: ", ")
        return .fail(check, "leads to \(there), the writer is \(expected): clients are led elsewhere")
    }
}
