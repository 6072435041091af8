@testable import Failover

/// How one database looks from everywhere. The tests change it; the world looks at it every 5 seconds.
struct Scene {
    /// Nil: nobody looks.
    var probe: Reading<Bool>? = .known(value: true)
    var primary: Reading<DatabaseState>?
    var route: Route? = .healthyUntil(nil)
    var replication: Replication? = .following(lagSeconds: 0.2)
    var standby: Reading<DatabaseState>?
    var standbyProbe: Reading<Bool>? = .known(value: true)
    /// What the two say in SQL as long as they answer; nil: they are not asked.
    var sql: SQLAnswer?
    var standbySQL: SQLAnswer?
    /// How old the newest metric sample is when it is read.
    var metricDelay = Duration.seconds(30)

    enum Route {
        /// Checkers call it healthy until then; nil: always.
        case healthyUntil(Timestamp?)
        case unknown(UnknownReason)
    }

    enum Replication {
        case following(lagSeconds: Double)
        /// Nothing committed after `applied` has arrived: the lag grows.
        case stalled(applied: Timestamp)
        case samples([LagSample])
        case unknown(UnknownReason)
    }

    init(of database: Database) {
        primary = .known(value: .of(database, .primary))
        standby = .known(value: .of(database, .standby))
    }

    /// The primary's Region is gone: no answers, and the replica gets nothing. Checkers need 30 s to notice.
    mutating func lose(at instant: Timestamp) {
        loseSight()
        route = .healthyUntil(instant + .seconds(30))
        replication = .stalled(applied: instant)
    }

    /// We cannot reach the primary's Region; others can.
    mutating func loseSight() {
        probe = .known(value: false)
        primary = .unknown(reason: .silent, detail: "timed out")
    }

    /// Nothing at all answers us.
    mutating func isolate() {
        loseSight()
        standby = .unknown(reason: .silent, detail: "timed out")
        standbyProbe = .known(value: false)
        route = .unknown(.silent)
        replication = .unknown(.silent)
    }

    mutating func promote() { changeStandby { $0.promote() } }

    mutating func changePrimary(_ change: (inout DatabaseState) -> Void) {
        primary = primary?.changed(change)
    }
    mutating func changeStandby(_ change: (inout DatabaseState) -> Void) {
        standby = standby?.changed(change)
    }

    func facts(at now: Timestamp) -> [Fact] {
        [
            probe.map { .probe(side: .primary, reading: answer($0, sql)) },
            primary.map { .database(side: .primary, reading: $0) },
            route.map { .routeHealth(reading: sample($0, at: now)) },
            replication.map { .replication(reading: samples($0, at: now)) },
            standby.map { .database(side: .standby, reading: $0) },
            standbyProbe.map { .probe(side: .standby, reading: answer($0, standbySQL)) },
        ].compactMap { $0 }
    }

    private func answer(_ reading: Reading<Bool>, _ sql: SQLAnswer?) -> Reading<ProbeAnswer> {
        switch reading {
        case .known(true): .known(value: ProbeAnswer(answered: true, detail: "answered S", sql: sql))
        case .known(false): .known(value: ProbeAnswer(answered: false, detail: "no answer in 3 s"))
        case .unknown(let reason, let detail): .unknown(reason: reason, detail: detail)
        }
    }

    private func sample(_ route: Route, at now: Timestamp) -> Reading<HealthSample> {
        switch route {
        case .healthyUntil(let end):
            let sampledAt = now - metricDelay
            return .known(
                value: HealthSample(healthy: end.map { sampledAt < $0 } ?? true, sampledAt: sampledAt))
        case .unknown(let reason): return .unknown(reason: reason, detail: "no datapoints")
        }
    }

    private func samples(_ replication: Replication, at now: Timestamp) -> Reading<[LagSample]> {
        let sampledAt = now - metricDelay
        switch replication {
        case .following(let lag): return .known(value: [LagSample(sampledAt: sampledAt, lagSeconds: lag)])
        case .stalled(let applied):
            let lag = max((sampledAt - applied).inSeconds, 0)
            return .known(value: [LagSample(sampledAt: sampledAt, lagSeconds: lag)])
        case .samples(let samples): return .known(value: samples)
        case .unknown(let reason): return .unknown(reason: reason, detail: "no datapoints")
        }
    }
}

extension Reading {
    func changed(_ change: (inout Value) -> Void) -> Reading {
        guard case .known(var value) = self else { return self }
        change(&value)
        return .known(value: value)
    }
}

extension DatabaseState {
    static func of(_ database: Database, _ side: Side) -> DatabaseState {
        let site = database.site(side)
        let isReplica = side == .standby
        let source: String
        if case .auroraGlobal(let globalCluster, _) = database.kind {
            source = globalCluster
        } else {
            source = "arn:aws:rds:\(site.region):111122223333:db:\(database.primary.identifier)"
        }
        return DatabaseState(
            status: "available", role: isReplica ? .replica : .writer, replicaOf: isReplica ? source : nil,
            replication: isReplica ? ReplicationStatus(normal: true, text: "replicating") : nil,
            resourceID: "db-\(site.identifier)",
            arn: "arn:aws:rds:\(site.region):111122223333:db:\(site.identifier)",
            engineVersion: "16.4", securityGroups: ["sg-open"], endpoint: site.endpoint)
    }

    mutating func promote() { (role, replicaOf, replication) = (.writer, nil, nil) }

    mutating func follow(_ source: String) {
        (role, replicaOf, replication) = (
            .replica, source, ReplicationStatus(normal: true, text: "replicating")
        )
    }
}
