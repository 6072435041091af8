import Controller
import Failover
import Journal

/// Who and what there is in a run: drawn from the seed, fixed for the run.
struct Layout {
    var workloads: [Workload]
    var hosts: [HostPlan]
    /// Zones by workload: where its records are.
    var maxConcurrentFailovers: Int
    var fleetBrake = FleetBrake()
    var pace: Pace
    /// Between two looks of a step at what it has done.
    var pollEvery: Duration
    var journal: JournalKind
    /// Of the lease that the hosts share; nil for a host alone.
    var leaseTerms: LeaseTerms?
    /// Where the table is that they share.
    var tableRegion: Region
    /// Commits a second of each database's clients while they reach a writer.
    var commitsPerSecond: Int
    /// For how long clients and resolvers keep an answer of DNS.
    var dnsTTL: Duration
    /// For how long things may go wrong, from the start.
    var troubledFor: Duration

    enum JournalKind: String {
        case memory, sqlite
    }

    /// A machine and its process.
    struct HostPlan {
        var id: HostID
        var region: Region
        /// See `HostClock`.
        var driftPPM: Int64
        /// How far its wall clock is ahead of true time at the start.
        var wallOffset: Duration
    }

    var sharesJournal: Bool { leaseTerms != nil }

    /// The workload's databases with their workload, in order.
    var databases: [(workload: Workload, database: Database)] {
        workloads.flatMap { workload in workload.databases.map { (workload, $0) } }
    }

    /// How the database behind an endpoint is asked in SQL.
    func sql(at endpoint: Endpoint) -> SQLAccess? {
        databases.first {
            $0.database.primary.endpoint == endpoint || $0.database.standby.endpoint == endpoint
        }?
        .database.sql
    }

    /// Every Region that anything is in.
    var regions: [Region] {
        let sites = databases.flatMap { [$0.database.primary.region, $0.database.standby.region] }
        return Array(Set(sites + hosts.map(\.region) + [.global, tableRegion])).sorted()
    }

    /// For people, at the head of a log.
    var lines: [String] {
        let round = "rounds \(pace.round.text), ticks \(pace.tick.text), journal \(journal.rawValue)"
        return hosts.map { "host \($0.id) in \($0.region), drift \($0.driftPPM) ppm" }
            + [round + (leaseTerms.map { ", lease \($0.ttl.text)" } ?? "")]
            + workloads.map(Self.line)
    }

    private static func line(_ workload: Workload) -> String {
        let databases = workload.databases.map { database in
            let kind =
                switch database.kind {
                case .rdsReplica: "rds"
                case .auroraGlobal(_, let method): "aurora \(method.rawValue)"
                }
            return "\(database.id) (\(kind), \(database.fencing.text))"
        }
        let policy = workload.policy
        let witnesses = policy.witnesses.sorted().map(\.rawValue).joined(separator: "+")
        return "workload \(workload.id) \(workload.primaryRegion) -> \(workload.standbyRegion), "
            + "\(policy.mode.rawValue), \(policy.quorum) of \(witnesses), window "
            + "\(policy.confirmationWindow.text), loss \(policy.maximumDataLoss.text): "
            + databases.joined(separator: ", ")
    }
}

extension Region {
    /// Where Route 53's control plane and its checkers' metrics are.
    static let global: Region = "us-east-1"
}

extension Fencing {
    fileprivate var text: String {
        let name =
            switch method {
            case .none: "no fence"
            case .quarantine: "quarantine"
            case .revokeIngress: "revoke"
            }
        return required ? "\(name), required" : name
    }
}
