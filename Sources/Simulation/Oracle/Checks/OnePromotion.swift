import Failover

struct OnePromotion: Invariant {
    static let id = "INV1"
    static let rule =
        "One promotion takes effect per database and failover, on the planned target, and none "
        + "is sent once it is done"

    private let premises: Premises
    private var promoted: [Key: SiteName] = [:]

    private struct Key: Hashable {
        var database: DatabaseID
        var workload: WorkloadID
        var epoch: Int
    }

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        switch happening.kind {
        case .effect(let effect):
            guard let (database, site) = effect.promotion else { return [] }
            return took(database, site, past)
        case .mutation(_, let mutation) where mutation.promotes:
            let site = SiteName(region: mutation.region, identifier: mutation.target)
            guard let done = past.site(site).promotions.last else { return [] }
            return ["\(mutation.text): promoted already, \((happening.at - done).text) ago"]
        default: return []
        }
    }

    private mutating func took(_ database: DatabaseID, _ site: SiteName, _ past: Chronicle) -> [String] {
        guard let owner = premises.owner(of: site) else { return ["\(site) is promoted: nobody's"] }
        let epoch = past.story(owner.workload.id).epoch
        let key = Key(database: database, workload: owner.workload.id, epoch: epoch)
        defer { promoted[key] = site }
        if SiteName(owner.database.standby) != site { return ["\(site) is promoted: not the standby"] }
        if epoch == 0 { return ["\(site) is promoted without a plan"] }
        guard let other = promoted[key] else { return [] }
        return ["\(database): failover \(epoch) has promoted \(other), and now \(site)"]
    }
}

extension Effect {
    /// What becomes a writer by it.
    var promotion: (DatabaseID, SiteName)? {
        switch self {
        case .promoted(let id, let site, _), .detached(let id, let site, _),
            .globalFailover(let id, let site, _):
            (id, site)
        default: nil
        }
    }
}

extension Mutation {
    var promotes: Bool {
        ["PromoteReadReplica", "RemoveFromGlobalCluster", "FailoverGlobalCluster"].contains(operation)
    }

    var movesTraffic: Bool { ["ChangeResourceRecordSets", "PutMetricData"].contains(operation) }

    /// Tells people; changes no database and no traffic.
    var tells: Bool { operation == "Publish" }

    var closes: Bool {
        ["ModifyDBInstance", "ModifyDBCluster", "RebootDBInstance", "RevokeSecurityGroupIngress"]
            .contains(operation)
    }
}
