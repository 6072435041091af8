import Failover

struct Evidence: Invariant {
    static let id = "INV5"
    static let rule =
        "Nothing starts by itself on less than two kinds of evidence, one of them from outside "
        + "our own path, that have agreed over the whole confirmation window"

    private let premises: Premises
    /// Since when, on the host's clock, the host has heard enough of the database.
    private var agreedSince: [Key: Timestamp] = [:]

    /// What was heard last, until it is followed.
    private var look: Look?

    private struct Look {
        var host: HostID
        var observations: [Observation]
        var at: Timestamp
    }

    private struct Key: Hashable {
        var host: HostID
        var database: DatabaseID
    }

    /// A look is handed over some time after its answers came.
    private static let handOver = Duration.seconds(1)

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        follow(past)
        switch happening.kind {
        case .host(let host, .started):
            agreedSince = agreedSince.filter { $0.key.host != host }
            return []
        case .observed(let host, let observations):
            look = Look(host: host, observations: observations, at: happening.at)
            return []
        case .record(let host, let record):
            guard case .planAdopted(let plan) = record.event else { return [] }
            switch plan.origin {
            case .manual: return []
            case .automatic, .approved: return judge(plan, host, record.at, happening.at, past)
            }
        default: return []
        }
    }

    /// The last look, once the chronicle has taken it in.
    private mutating func follow(_ past: Chronicle) {
        guard let look, let instant = look.observations.map(\.at).max() else { return }
        self.look = nil
        // One answer of AWS may tell of several workloads.
        for database in Set(look.observations.map(\.database)) {
            let first = look.observations.first { $0.database == database }
            guard let workload = first.flatMap({ premises.workload($0.workload) }) else { continue }
            let key = Key(host: look.host, database: database)
            let testimony = past.process(look.host).testimony(on: database)
            agreedSince[key] =
                mayAgree(testimony, workload.policy, instant, look.at)
                    && suffices(
                        testimony.failing(workload.policy, at: instant, now: look.at), workload.policy)
                ? agreedSince[key] ?? instant : nil
        }
    }

    /// On most looks nobody outside says failed, and nobody else needs to be asked.
    private func mayAgree(
        _ testimony: Testimony, _ policy: Policy, _ instant: Timestamp, _ now: Timestamp
    ) -> Bool {
        [WitnessKind.route53, .replication].contains { kind in
            policy.witnesses.contains(kind)
                && testimony.opinions(of: kind, policy, at: instant, now: now).contains(Opinions.failed)
        }
    }

    private func suffices(_ kinds: Set<WitnessKind>, _ policy: Policy) -> Bool {
        // Two at least, whatever is configured.
        kinds.count >= max(2, policy.quorum) && kinds.contains { $0 == .route53 || $0 == .replication }
    }

    private func judge(
        _ plan: Plan, _ host: HostID, _ instant: Timestamp, _ now: Timestamp, _ past: Chronicle
    ) -> [String] {
        guard let workload = premises.workload(plan.workload) else { return ["nobody's plan"] }
        let policy = workload.policy
        return workload.databases.flatMap { database -> [String] in
            let kinds = past.process(host).testimony(on: database.id).failing(policy, at: instant, now: now)
            guard suffices(kinds, policy) else {
                let names = kinds.map(\.rawValue).sorted().joined(separator: ", ")
                return ["\(plan.workload) starts, but of \(database.id) only this was heard: [\(names)]"]
            }
            let since = agreedSince[Key(host: host, database: database.id)]
            let held = since.map { instant - $0 + Self.handOver } ?? .zero
            return held >= policy.confirmationWindow
                ? [] : ["\(plan.workload) starts, but \(database.id) was failed for \(held.text) only"]
        }
    }
}
