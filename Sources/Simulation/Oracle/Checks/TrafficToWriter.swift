import Failover

struct TrafficToWriter: Invariant {
    static let id = "INV3"
    static let rule = "Traffic is moved only to a database that truly writes and whose proof is on record"

    private let premises: Premises

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        guard case .mutation(_, let mutation) = happening.kind, mutation.movesTraffic else { return [] }
        switch mutation.cause {
        case .step(let id, _, let step, _)?:
            guard let workload = premises.workload(id), let plan = past.story(id).plan,
                let name = plan.step(step)?.action.movedName
            else { return ["\(mutation.text): no plan moves this traffic"] }
            return judge(mutation, workload, name, past) + unproven(mutation, workload, name, past)
        case .lever(let flip)?:
            let owner = premises.workloads.first { item in
                item.traffic.contains { $0.recordName == flip.lever.name }
            }
            guard let owner else { return ["\(mutation.text): nobody's lever"] }
            return judge(mutation, owner, flip.lever.name, past)
        case .fence?, .notice?, nil: return ["\(mutation.text): traffic is moved for no step"]
        }
    }

    private func database(_ workload: Workload, _ name: String) -> Database? {
        workload.traffic.first { $0.recordName == name }.flatMap { workload.database($0.database) }
    }

    private func judge(_ mutation: Mutation, _ workload: Workload, _ name: String, _ past: Chronicle)
        -> [String]
    {
        guard let database = database(workload, name) else { return ["\(mutation.text): nobody's name"] }
        let site = SiteName(database.standby)
        return past.site(site).isWriter ? [] : ["\(mutation.text): \(site) does not write"]
    }

    private func unproven(_ mutation: Mutation, _ workload: Workload, _ name: String, _ past: Chronicle)
        -> [String]
    {
        let story = past.story(workload.id)
        guard let database = database(workload, name), let plan = story.plan else { return [] }
        let proofs = plan.steps.filter { step in
            if case .awaitWriter(let wait) = step.action { wait.database == database.id } else { false }
        }
        let isProven = proofs.contains { story.succeeded.contains($0.id) }
        return isProven ? [] : ["\(mutation.text): no record says that \(database.id) has a writer there"]
    }
}

extension Action {
    /// The name whose traffic it moves.
    var movedName: String? {
        switch self {
        case .moveRecord(let move): move.name
        case .flipHealthCheck(let flip): flip.lever.name
        default: nil
        }
    }
}
