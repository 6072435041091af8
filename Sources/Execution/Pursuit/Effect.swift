import AWS
import Failover

/// Something to bring about at AWS: how it is seen, and how it is begun. `Pursuit` does the rest the same way
/// for all.
protocol Effect: Sendable {
    /// What a look must find so that acting is possible. `Never` where there is nothing to do but wait.
    associatedtype Ground: Sendable
    /// What AWS hands out when it accepts.
    associatedtype Receipt: Sendable

    /// As a noun, with the place: `the promotion of orders-replica in eu-central-1`.
    var what: String { get }
    /// Who is asked: a Region, or a resolver.
    var place: String { get }
    /// How many looks in a row must agree before a verdict counts.
    var confirmations: Int { get }
    /// Whether sending the call twice is the same as once, so that a doubt need not be waited out.
    var isRepeatable: Bool { get }
    /// Set where AWS's acceptance is all that can be seen of it, to what is then said.
    var doneOnceAccepted: String? { get }
    /// How many refusals that may pass are taken before they count as lasting.
    var refusalLimit: Int { get }
    /// What to do when it could not be done in time.
    var advice: String { get }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Ground>
    /// Makes exactly one call that changes something.
    func act(on ground: Ground, _ trial: Trial) async throws(AWSError) -> Receipt
    /// Whether AWS's refusal may mean that the effect is there already, or not possible just now.
    func isPassingRefusal(_ error: AWSError) -> Bool
}

extension Effect {
    /// AWS's views lag behind, and differ between its hosts: one answer proves nothing.
    var confirmations: Int { 2 }
    var isRepeatable: Bool { false }
    var doneOnceAccepted: String? { nil }
    var refusalLimit: Int { .max }

    /// The state codes of RDS: the same refusal comes while it is under way, when it is done, and while
    /// something else is at work. And what a look has just shown, but a call does not find, may have changed
    /// in between.
    func isPassingRefusal(_ error: AWSError) -> Bool {
        let codes: Set = [
            "InvalidDBInstanceState", "InvalidDBInstanceStateFault", "InvalidDBClusterStateFault",
            "InvalidGlobalClusterStateFault",
        ]
        return error.kind == .notFound || error.code.map(codes.contains) ?? false
    }
}

/// Something that happens by itself and is only waited for.
protocol Awaited: Effect where Ground == Never, Receipt == Void {}

extension Awaited {
    func act(on ground: Never, _ trial: Trial) async throws(AWSError) {}
}
