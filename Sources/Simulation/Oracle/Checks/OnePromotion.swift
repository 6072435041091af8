import AWS
import Failover

struct OnePromotion: Invariant {
    static let id = "INV1"
    static let rule =
        "One promotion takes effect per database and failover, on the planned target, and none "
        + "is sent again while nobody knows what became of the last one, or once it is to be seen"

    /// AWS's views lag behind by up to 20 s; for so long a call in doubt has to be looked for in vain. Less a
    /// second for the host's clock.
    static let settling = Duration.seconds(29)
    /// By then whoever looks has seen it: the 30 s of looking, 20 s of lag, and a look every 15 s.
    static let visible = Duration.seconds(65)

    private let premises: Premises
    private var promoted: [Key: SiteName] = [:]
    /// The last call that promotes each site.
    private var sent: [SiteName: Sent] = [:]

    private struct Sent {
        var host: HostID
        var at: Timestamp
        var cause: Cause?
        /// Its end is known: AWS has not done it, and will not.
        var isRefused = false
    }

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
        case .mutation(let host, let mutation) where mutation.promotes:
            let site = SiteName(region: mutation.region, identifier: mutation.target)
            defer { sent[site] = Sent(host: host, at: happening.at, cause: mutation.cause) }
            if let done = past.site(site).promotions.last, happening.at - done > Self.visible {
                return ["\(mutation.text): promoted already, \((happening.at - done).text) ago"]
            }
            guard let last = sent[site], !last.isRefused, happening.at - last.at < Self.settling else {
                return []
            }
            return ["\(mutation.text): sent \((happening.at - last.at).text) ago, with an open end"]
        case .called(let host, let call, let cause) where Mutation.promoting.contains(call.operation):
            guard call.isRefused else { return [] }
            // The end of that call, and of no other: a host may promote several databases at once.
            for (site, last) in sent
            where last.host == host && last.cause == cause && site.region.rawValue == call.region {
                sent[site]?.isRefused = true
            }
            return []
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

extension CallRecord {
    /// AWS has said that it did not do it, or the call has never reached it.
    fileprivate var isRefused: Bool {
        guard case .failure(let kind, _, _) = outcome else { return false }
        switch kind {
        case .network(.connectTimeout), .network(.connectionRefused): return true
        case .throttled, .accessDenied, .credentialsRejected, .clockSkew, .notFound, .refused: return true
        // The words are lost, and the status says it.
        case .malformedResponse: return status.map { (400..<500).contains($0) } ?? false
        default: return false
        }
    }
}

extension Mutation {
    static let promoting: Set = [
        "PromoteReadReplica", "RemoveFromGlobalCluster", "FailoverGlobalCluster",
    ]

    var promotes: Bool { Self.promoting.contains(operation) }

    var movesTraffic: Bool { ["ChangeResourceRecordSets", "PutMetricData"].contains(operation) }

    /// Tells people; changes no database and no traffic.
    var tells: Bool { operation == "Publish" }

    var closes: Bool {
        ["ModifyDBInstance", "ModifyDBCluster", "RebootDBInstance", "RevokeSecurityGroupIngress"]
            .contains(operation)
    }
}
