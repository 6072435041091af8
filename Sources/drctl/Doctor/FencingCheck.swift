import AWS
import Failover

/// Would the fence hold?
struct FencingCheck {
    var database: Failover.Database
    /// Nil when the primary's Region did not say.
    var writer: SiteFacts?

    private var name: String { "fencing \(database.id)" }
    private var region: Region { database.primary.region }

    func findings(_ context: DoctorContext) async -> [Finding] {
        let groups: [String]
        let isQuarantine: Bool
        switch database.fencing.method {
        case .none:
            return [
                .warn(
                    name,
                    "not fenced, as configured: after a failover the old writer still accepts writes. Use "
                        + "method quarantine or revoke-ingress")
            ]
        case .quarantine(let named): (groups, isQuarantine) = (named, true)
        case .revokeIngress(let named): (groups, isQuarantine) = (named, false)
        }
        let described = await asked { () async throws(AWSError) in
            try await context.ask(DescribeSecurityGroups(groupIds: groups), in: region).securityGroups
        }
        switch described {
        case .failure(let error): return [.fail(name, error)]
        case .success(let found):
            if isQuarantine { return quarantine(groups, found) }
            return revocation(groups, found) + (await permission(found, context))
        }
    }

    /// Pure: what the groups that are to let nobody in do let in.
    func quarantine(_ groups: [String], _ found: [SecurityGroup]) -> [Finding] {
        var findings = missing(groups, found)
        for group in found where !group.ipPermissions.isEmpty {
            findings.append(
                .fail(
                    name,
                    "\(group.groupId) has \(group.ipPermissions.count) inbound rules, so a writer in it is "
                        + "not fenced: remove them all"))
        }
        if let vpc = writer?.vpc {
            for group in found where group.vpcId != nil && group.vpcId != vpc {
                findings.append(
                    .fail(
                        name,
                        "\(group.groupId) is in \(group.vpcId ?? ""), \(database.primary.identifier) in "
                            + "\(vpc): AWS would refuse to attach it. Use a group of that VPC"))
            }
        }
        return findings.orOK(name, "\(groups.joined(separator: ", ")) in \(region) lets nobody in\(required)")
    }

    /// Pure: what closing the groups would leave open.
    func revocation(_ groups: [String], _ found: [SecurityGroup]) -> [Finding] {
        var findings = missing(groups, found)
        for group in found where group.ipPermissions.isEmpty {
            findings.append(
                .warn(
                    name,
                    "\(group.groupId) has no inbound rules to revoke: is it the group that lets clients in?"))
        }
        if let attached = writer?.securityGroups {
            let others = attached.filter { !groups.contains($0) }.sorted()
            if !others.isEmpty {
                findings.append(
                    .warn(
                        name,
                        "\(others.joined(separator: ", ")) stays attached to \(database.primary.identifier), "
                            + "with its rules: name it too, unless it lets no client in"))
            }
            if !attached.isEmpty, others.count == attached.count {
                findings.append(
                    .fail(
                        name,
                        "none of \(groups.joined(separator: ", ")) is attached to "
                            + "\(database.primary.identifier): revoking their rules would fence nothing"))
            }
        }
        return findings.orOK(name, "\(groups.joined(separator: ", ")) in \(region) can be closed\(required)")
    }

    private var required: String { database.fencing.required ? "; required before promotion" : "" }

    private func missing(_ groups: [String], _ found: [SecurityGroup]) -> [Finding] {
        let ids = found.map(\.groupId)
        return groups.filter { !ids.contains($0) }.map {
            .fail(name, "there is no security group \($0) in \(region): correct fencing.security_groups")
        }
    }

    /// EC2 alone says whether a change would be allowed, without making it.
    private func permission(_ found: [SecurityGroup], _ context: DoctorContext) async -> [Finding] {
        var findings: [Finding] = []
        for group in found where !group.ipPermissions.isEmpty {
            let revoke = RevokeSecurityGroupIngress(
                groupId: group.groupId, ipPermissions: group.ipPermissions, dryRun: true)
            let tried = await asked { () async throws(AWSError) in try await context.ask(revoke, in: region) }
            if case .failure(let error) = tried, !error.isDryRunPermission {
                findings.append(.fail(name, error))
            }
        }
        return findings
    }
}
