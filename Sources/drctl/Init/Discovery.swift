import AWS
import Failover
import Settings

/// What AWS says exists, as a configuration that only watches.
struct Discovery {
    let regions: [Region]
    /// A hosted zone's name or id; nil for all.
    let zone: String?
    /// Where drctl's host stands; nil for a guess.
    let host: String?

    func proposal(keeping wanted: [String]) async throws -> Proposal {
        let aws = try Assembly(.bare(in: regions[0])).aws
        let estate = try await Survey(aws: aws, regions: regions, zone: zone).estate()
        let finder = PairFinder(estate: estate, regions: regions)
        let asked = regions.map(\.rawValue).joined(separator: ", ")
        guard !finder.pairs.isEmpty else {
            let remarks = finder.remarks.map { "\n\($0)" }.joined()
            throw Failure(
                .failed,
                "no database in \(asked) has a standby in another of these Regions; nothing was written. "
                    + "drctl looks after RDS for PostgreSQL with a cross-Region read replica, and Aurora "
                    + "PostgreSQL global databases\(remarks)")
        }
        var workloads = named(finder.pairs).map { workload(named: $0.name, $0.pair, estate) }
        let known = workloads.map(\.name)
        for name in wanted where !known.contains(name) { throw unknownWorkload(name, known: known) }
        if !wanted.isEmpty { workloads.removeAll { !wanted.contains($0.name) } }
        return Proposal(
            origin: ["Written by drctl init from what AWS said of \(asked)."] + finder.remarks,
            region: try hostRegion(workloads), workloads: workloads)
    }

    private func hostRegion(_ workloads: [ProposedWorkload]) throws -> Proposal.Fact {
        if let host { return Proposal.Fact(host) }
        let primaries = Set(workloads.map(\.primaryRegion))
        guard let standby = workloads.map(\.standbyRegion).first(where: { !primaries.contains($0) }) else {
            throw Failure(
                .usage,
                "every standby Region here is another database's primary one, and drctl's host must stand in "
                    + "none of those: say with --region where it stands, or take fewer with --workload")
        }
        return Proposal.Fact(standby, guess: "a standby Region that no workload here has its primary in")
    }

    /// As the primary is called, which may need other letters, or more of them to be unique.
    private func named(_ pairs: [DatabasePair]) -> [(name: String, pair: DatabasePair)] {
        var taken: Set<String> = []
        return pairs.map { pair in
            let full = pair.globalCluster ?? pair.primary.identifier
            let plain = full.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
            let stem = String(plain.prefix(40)).lowercased()
            let names = [stem, "\(stem)-\(pair.primary.region)"] + (2...999).map { "\(stem)-\($0)" }
            let name = names.first { !taken.contains($0) } ?? stem
            taken.insert(name)
            return (name, pair)
        }
    }

    private func workload(named name: String, _ pair: DatabasePair, _ estate: Estate) -> ProposedWorkload {
        let traffic = TrafficFinder(estate: estate, pair: pair)
        let watching = traffic.watching
        var witnesses = WitnessKind.allCases.map(\.rawValue)
        if watching == nil { witnesses.removeAll { $0 == WitnessKind.route53.rawValue } }
        let database = ProposedDatabase(
            name: name, type: pair.globalCluster == nil ? "rds-replica" : "aurora-global",
            globalCluster: pair.globalCluster, primary: pair.primary.written, standby: pair.standby.written,
            healthCheck: watching, fencingMethod: fencing(pair), fencingGroups: pair.groups)
        return ProposedWorkload(
            name: name, primaryRegion: pair.primary.region.rawValue,
            standbyRegion: pair.standby.region.rawValue, database: database,
            policy: ProposedPolicy(
                mode: Policy.Mode.observe.rawValue, witnesses: witnesses,
                quorum: witnesses.count > 3 ? "3" : "2",
                maximumDataLoss: Proposal.Fact("5m", guess: "what your business agreed to lose, as time")),
            levers: traffic.levers, topics: TopicFinder(estate: estate, pair: pair).topics)
    }

    private func fencing(_ pair: DatabasePair) -> Proposal.Fact {
        guard !pair.groups.isEmpty else {
            return Proposal.Fact("none", guess: "the primary has no security group; two writers may live")
        }
        return Proposal.Fact(
            "revoke-ingress",
            guess: "these are the primary's own groups, and a failover would revoke every ingress rule of "
                + "theirs: where something else uses them, make an empty group and write quarantine")
    }
}
