import AWS
import Failover

/// Every Region takes our credentials, and its clock and ours agree.
struct RegionChecks {
    let context: DoctorContext
    let identities: Task<[Region: Asked<GetCallerIdentity.Output>], Never>

    init(context: DoctorContext) {
        self.context = context
        identities = Task {
            await Self.everywhere(context.regions) { region throws(AWSError) in
                try await context.ask(GetCallerIdentity(), in: region)
            }
        }
    }

    var examinations: [Examination] {
        [
            Examination("host", "identity") {
                IdentityCheck(answers: await identities.value, order: context.regions).findings
            },
            Examination("host", "clock") { await clock() },
            Examination("host", "mutations") { [Self.mutations] },
        ]
    }

    /// The account that the credentials belong to; nil when no Region says.
    var account: String? {
        get async { await identity?.account }
    }

    /// Whose the credentials are; nil when no Region says.
    var identity: GetCallerIdentity.Output? {
        get async {
            let answers = await identities.value
            return context.regions.lazy.compactMap { try? answers[$0]?.get() }.first
        }
    }

    private static let mutations = Finding.ok(
        "mutations",
        "reads are proven by what follows. What changes something is not done: IAM's simulator is asked "
            + "(permissions), and EC2 by a dry run. The rest only docs/iam-policy.json can tell")

    private func clock() async -> [Finding] {
        let answers = await Self.everywhere(context.regions) { region throws(AWSError) in
            try await context.assembly.aws.clockOffset(region: region.rawValue)
        }
        return [ClockCheck(offsets: answers.compactMapValues { try? $0.get() }).finding]
    }

    private static func everywhere<Value: Sendable>(
        _ regions: [Region], _ look: @escaping @Sendable (Region) async throws(AWSError) -> Value
    ) async -> [Region: Asked<Value>] {
        await withTaskGroup(of: (Region, Asked<Value>).self) { group in
            for region in regions {
                group.addTask {
                    (region, await asked { () async throws(AWSError) in try await look(region) })
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
