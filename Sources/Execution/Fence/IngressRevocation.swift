import AWS
import Failover

/// Takes every inbound rule of one security group away.
struct IngressRevocation: Effect {
    let action: FenceAction
    let group: String

    var what: String { "the closing of \(group) in \(action.region)" }
    var place: String { action.region.rawValue }
    var advice: String { "Until it is made, clients can write to the old writer: revoke the rules by hand." }
    /// A rule that is gone already is refused, and nothing else happens.
    var isRepeatable: Bool { true }

    func isPassingRefusal(_ error: AWSError) -> Bool { error.code == "InvalidPermission.NotFound" }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<[IPPermission]> {
        let found = try await trial.ask(describe, in: action.region).securityGroups.first {
            $0.groupId == group
        }
        guard let found else { return .refuse("there is no security group \(group) in \(action.region)") }
        guard !found.ipPermissions.isEmpty else { return .done("\(group) lets nobody in") }
        return .notYet("\(group) has \(found.ipPermissions.count) inbound rules", found.ipPermissions)
    }

    func act(on rules: [IPPermission], _ trial: Trial) async throws(AWSError) {
        await trial.context.restarts.forget(action)
        _ = try await trial.change(
            RevokeSecurityGroupIngress(groupId: group, ipPermissions: rules), in: action.region)
    }

    private var describe: DescribeSecurityGroups { DescribeSecurityGroups(groupIds: [group]) }

    var plannedCalls: [PlannedCall] {
        var revoke = PlannedCall(RevokeSecurityGroupIngress(groupId: group), in: action.region)
        revoke.parameters.append(.init(name: "IpPermissions", value: "<every inbound rule found>"))
        return [PlannedCall(describe, in: action.region), revoke]
    }
}

/// Is what is to be fenced still the old writer? Asked before its groups are closed.
struct OldWriterKnown: Awaited {
    let action: FenceAction

    var what: String { "the look at \(action.name)" }
    var place: String { action.region.rawValue }
    var advice: String { "The old writer is not fenced." }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Never> {
        try await action.find(trial).sighting { _ in .done("\(action.name) is there") }
    }
}
