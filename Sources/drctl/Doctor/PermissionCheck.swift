import AWS
import Failover

/// Would IAM let the plan through? Asked of IAM's own simulator, which does nothing; what it does not know is
/// said.
struct PermissionCheck {
    static let name = "permissions"

    let context: DoctorContext
    let workload: Workload
    let regions: RegionChecks

    /// Answers to one need.
    typealias Answer = (need: NeededActions.Need, results: Asked<[SimulatePrincipalPolicy.EvaluationResult]>)

    func findings() async -> [Finding] {
        guard let identity = await regions.identity else {
            return [.warn(Self.name, "not checked: no Region says who we are")]
        }
        guard let principal = Self.principal(identity.arn), let partition = Self.partition(identity.arn)
        else {
            return [
                .warn(
                    Self.name,
                    "not checked: IAM simulates users and roles, and we are \(identity.arn). Compare with "
                        + "docs/iam-policy.json")
            ]
        }
        let needs = NeededActions(
            workload: workload, lease: context.configuration.controller.lease, account: identity.account,
            partition: partition
        ).needs
        return Self.findings(principal, await answers(principal, needs))
    }

    private func answers(_ principal: String, _ needs: [NeededActions.Need]) async -> [Answer] {
        let region = Route53.region(for: workload.primaryRegion)
        return await withTaskGroup(of: (Int, Answer).self) { group in
            for (index, need) in needs.enumerated() {
                group.addTask {
                    let simulation = SimulatePrincipalPolicy(
                        policySourceArn: principal, actionNames: need.actions, resourceArns: [need.resource],
                        contextEntries: need.context.sorted { $0.key < $1.key }.map {
                            .init(name: $0.key, values: [$0.value])
                        })
                    let results = await asked { () async throws(AWSError) in
                        try await context.all(simulation, in: region)
                    }
                    return (index, (need: need, results: results))
                }
            }
            var answers: [(Int, Answer)] = []
            for await answer in group { answers.append(answer) }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Pure: what the simulator's answers amount to.
    static func findings(_ principal: String, _ answers: [Answer]) -> [Finding] {
        var (refused, allowed, unknown) = ([Finding](), Set<String>(), [String]())
        var why: AWSError?
        for (need, results) in answers {
            switch results {
            case .failure(let error):
                why = error
                unknown += need.actions
            case .success(let results):
                for result in results {
                    if result.evalDecision == "allowed" {
                        allowed.insert(result.evalActionName)
                    } else {
                        refused.append(refusal(result, need, principal))
                    }
                }
            }
        }
        if let why { refused.append(.warn(name, unchecked(Set(unknown).sorted(), why))) }
        return refused.orOK(
            name,
            "IAM would allow \(allowed.sorted().joined(separator: ", ")). Policies of keys, topics and "
                + "tables themselves are not simulated")
    }

    private static func refusal(
        _ result: SimulatePrincipalPolicy.EvaluationResult, _ need: NeededActions.Need, _ principal: String
    ) -> Finding {
        let action = result.evalActionName
        let how = result.evalDecision == "explicitDeny" ? "a policy denies it" : "no policy allows it"
        let missing = result.missingContextValues
        // A condition on something that the simulator was not told may hold when it counts.
        guard missing.isEmpty else {
            return .warn(
                name,
                "\(action) on \(need.resource) depends on \(missing.joined(separator: ", ")), which cannot "
                    + "be simulated: compare with docs/iam-policy.json")
        }
        return .fail(
            name,
            "\(action) on \(need.resource) is missing (\(how)): allow it to \(principal), as in "
                + "docs/iam-policy.json")
    }

    private static func unchecked(_ actions: [String], _ why: AWSError) -> String {
        let list = actions.joined(separator: ", ")
        if why.kind == .accessDenied {
            return "not checked: \(list). We may not ask: allow iam:SimulatePrincipalPolicy on our own role"
        }
        return "not checked: \(list). \(Finding.fail(name, why).detail)"
    }

    /// A session's ARN names the role without its path; a role that has one is asked for in vain, and that is
    /// said. Nil for the account's root and for what is neither user nor role.
    static func principal(_ arn: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn" else { return nil }
        if parts[2] == "sts", parts[5].hasPrefix("assumed-role/") {
            let role = parts[5].split(separator: "/")
            guard role.count >= 2 else { return nil }
            return "arn:\(parts[1]):iam::\(parts[4]):role/\(role[1])"
        }
        // Stand-ins for AWS have been seen to call users STS's.
        let isPrincipal = parts[5].hasPrefix("user/") || parts[5].hasPrefix("role/")
        return isPrincipal ? "arn:\(parts[1]):iam::\(parts[4]):\(parts[5])" : nil
    }

    /// Nil where IAM's host has a form that `EndpointResolver` does not know.
    static func partition(_ arn: String) -> String? {
        let partition = arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst().first
        return partition.flatMap { ["aws", "aws-us-gov"].contains($0) ? String($0) : nil }
    }
}
