import AWS
import Failover

/// None of the old writer's security groups lets anybody reach it. Our own connection comes from one place
/// only, and clients come from others.
struct NobodyLetIn: Awaited {
    let action: FenceAction
    /// Groups that were closed just now. A view of before must not look like somebody's new rule.
    let closed: Set<String>

    var what: String { "the look at the security groups of \(action.name)" }
    var place: String { action.region.rawValue }
    var advice: String { "Until it is clear that they let nobody in, the old writer is not fenced." }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Never> {
        switch try await action.find(trial) {
        case .unneeded(let text): return .unneeded(text)
        case .refuse(let text): return .refuse(text)
        case .found(let writer):
            let names = writer.staying.filter { !closed.contains($0) }
            guard !names.isEmpty else { return .done("no other group is attached") }
            let groups = try await trial.askAll(Self.describe(names), in: action.region)
            let unseen = Set(names).subtracting(groups.map(\.groupId)).sorted()
            guard unseen.isEmpty else { return .wait("\(listed(unseen)) could not be seen") }
            let open = groups.filter { group in
                names.contains(group.groupId)
                    && group.ipPermissions.contains { $0.reaches(writer.endpoint?.port) }
            }
            guard !open.isEmpty else { return .done("\(listed(names)) let nobody in") }
            await trial.context.restarts.forget(action)
            let port = writer.endpoint.map { "\($0.port)" } ?? "it"
            return .refuse(
                "\(listed(open.map(\.groupId).sorted())), attached to \(action.name), has inbound rules that "
                    + "reach \(port): remove them, or take the group off")
        }
    }

    static func describe(_ groups: [String]) -> DescribeSecurityGroups {
        DescribeSecurityGroups(groupIds: groups)
    }

    /// Known only once the writer has been looked at.
    static let attached = "<the groups attached to the old writer>"

    var plannedCall: PlannedCall { PlannedCall(Self.describe([Self.attached]), in: action.region) }
}

extension IPPermission {
    /// Whether it lets connections to a TCP port through; any rule may where the port is not known.
    func reaches(_ port: Int?) -> Bool {
        guard let port, ipProtocol != "-1" else { return true }
        // 6 is TCP's number.
        guard ipProtocol.lowercased() == "tcp" || ipProtocol == "6" else { return false }
        guard let fromPort, let toPort else { return true }
        return fromPort == -1 || (fromPort...max(fromPort, toPort)).contains(port)
    }
}
