import Failover
import Testing

@testable import Simulation

extension Scene {
    /// Runs in which a primary is lost and its workload is failed over, undisturbed.
    static func failovers(
        _ count: Int, of kind: Fault.Kind = .regionDead, fits: @escaping (Layout) -> Bool = { _ in true },
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [Play] {
        let calm = try Scene(troubles: [.loss(kind)], fits: fits)
            .plays(count, sourceLocation: sourceLocation)
        for play in calm { play.failedOverOnce(sourceLocation: sourceLocation) }
        return calm
    }
}

extension Layout {
    /// The (first) workload's names lead clients by records that drctl moves.
    var movesRecords: Bool { workloads[0].traffic.allSatisfy(\.isRecord) }

    var isFenced: Bool { databases.allSatisfy { $0.database.fencing.method != .none } }

    /// How the (first) workload's databases are asked in SQL.
    mutating func ask(in sql: SQLAccess?) {
        for place in workloads[0].databases.indices { workloads[0].databases[place].sql = sql }
    }
}

extension TrafficLever {
    fileprivate var isRecord: Bool { if case .route53Record = self { true } else { false } }
}

extension Mutation {
    /// What moves a record.
    static let changing = "ChangeResourceRecordSets"
}

/// Moments of a failover, since the start of the run, each a millisecond before it.
extension Play {
    /// The first call that promotes.
    var promotion: Duration { get throws { try moment { $0.promotes } } }

    /// The first call that moves a record.
    var change: Duration { get throws { try moment { $0.operation == Mutation.changing } } }

    private func moment(_ isMeant: (Mutation) -> Bool) throws -> Duration {
        try #require(sent.first { isMeant($0.what) }, "\(self)").since - .milliseconds(1)
    }
}
