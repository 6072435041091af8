import Failover

/// What each witness of drctl reports about one database when it is asked, and how long the answer takes.
struct Onlooker: Sendable {
    let workload: Workload
    let database: Database
    let history: DatabaseCourse
    let probes: IncidentWorkload.ProbeKind

    struct Report {
        var fact: Fact
        var source: String
        var vantage: String
        /// From the question to the answer, or to giving up.
        var takes: Duration
    }

    // As the wiring has it for a round every 10 s: a probe waits 3 s; an API gets two attempts of 3.3 s.
    static let quick = Duration.milliseconds(50)
    static let probeSilence = Duration.seconds(3)
    static let apiSilence = Duration.seconds(7)

    /// One look. `closer`: Route 53's own reports are read too. `promoted`: what drctl has done meanwhile.
    func reports(at second: Int, closer: Bool, promoted: Bool) -> [Report] {
        let now = history.track.at(.seconds(second))
        var reports = [
            probe(.primary, now, second), database(.primary, now, promoted), routeHealth(second, now, closer),
            replication(second, now), database(.standby, now, promoted), probe(.standby, now, second),
        ]
        for (teller, saying) in now.said {
            reports[Self.place(of: teller)] = told(teller, saying, second, promoted)
        }
        return reports.compactMap { $0 }
    }

    private static func place(of teller: Teller) -> Int {
        switch teller {
        case .probe: 0
        case .controlPlane: 1
        case .route53: 2
        case .replication: 3
        case .standbyControlPlane: 4
        case .standbyProbe: 5
        }
    }

    // MARK: - Our own connection

    private func probe(_ side: Side, _ now: Conditions, _ second: Int) -> Report? {
        let isPrimary = side == .primary
        let up = isPrimary ? now.primaryRegionUp && now.exists : now.standbyRegionUp && now.standbyExists
        let server = up ? isPrimary ? now.server : now.standbyServer : .silent
        let unresolved = isPrimary && now.nameLost != .none
        if unresolved || (!isPrimary && !now.standbyExists) || (isPrimary && !now.exists) {
            return probe(side, .unknown(reason: .nameNotResolved, detail: "no such name"), Self.quick)
        }
        if now.isCut(.host, isPrimary ? .primaryDatabase : .standbyDatabase) || server == .silent {
            return probe(side, known(false, "no answer in 3 s"), Self.probeSilence)
        }
        guard server == .serving else { return probe(side, known(false, "refused"), Self.quick) }
        var answer = ProbeAnswer(answered: true, detail: "answered S in 12 ms")
        if probes == .write { answer.sql = isPrimary ? primarySQL(now) : standbySQL(second) }
        let takes = answer.sql?.outcome == .stalled ? Self.probeSilence : Self.quick
        return probe(side, .known(value: answer), takes)
    }

    private func primarySQL(_ now: Conditions) -> SQLAnswer {
        switch now.logins {
        case .crowded: SQLAnswer(outcome: .crowded, detail: "53300 too many connections")
        case .refused: SQLAnswer(outcome: .turnedAway, detail: "28P01 the login is refused")
        case .fine where now.writesHang: SQLAnswer(outcome: .stalled, detail: "no commit in 3 s")
        case .fine where now.writesRefused: SQLAnswer(outcome: .readOnly, detail: "25006 read-only")
        case .fine: SQLAnswer(outcome: .wrote, detail: "committed a write in 9 ms")
        }
    }

    private func standbySQL(_ second: Int) -> SQLAnswer {
        let lag = second - history.newestCommit(at: second)
        let heartbeat = LagSample(sampledAt: .incident(.seconds(second)), lagSeconds: Double(lag))
        return SQLAnswer(outcome: .looked, detail: "read the newest commit", heartbeat: heartbeat)
    }

    private func known(_ answered: Bool, _ detail: String) -> Reading<ProbeAnswer> {
        .known(value: ProbeAnswer(answered: answered, detail: detail))
    }

    private func probe(_ side: Side, _ reading: Reading<ProbeAnswer>, _ takes: Duration) -> Report {
        Report(
            fact: .probe(side: side, reading: reading), source: "TCP probe", vantage: "this host",
            takes: takes)
    }

    // MARK: - The RDS API

    private func database(_ side: Side, _ now: Conditions, _ promoted: Bool) -> Report? {
        let isPrimary = side == .primary
        if now.isCut(.host, isPrimary ? .primaryAPI : .standbyAPI) {
            return database(side, .unknown(reason: .silent, detail: "no answer in 7 s"))
        }
        if case .unknown(let reason) = isPrimary ? now.primaryAPI : now.standbyAPI {
            return database(side, .unknown(reason: reason, detail: "the RDS API: \(reason.rawValue)"))
        }
        guard isPrimary ? now.exists : now.standbyExists else {
            return database(side, .unknown(reason: .notFound, detail: "DBInstanceNotFound"))
        }
        return database(side, .known(value: state(side, now, promoted)))
    }

    private func database(_ side: Side, _ reading: Reading<DatabaseState>) -> Report {
        let region = database.site(side).region
        return Report(
            fact: .database(side: side, reading: reading), source: "RDS API \(region)",
            vantage: region.rawValue,
            takes: reading.unknownReason == .silent ? Self.apiSilence : Self.quick)
    }

    func state(_ side: Side, _ now: Conditions, _ promoted: Bool) -> DatabaseState {
        let site = database.site(side)
        let isWriter = side == .primary ? !now.isDemoted : now.standbyIsWriter || promoted
        let version = side == .primary ? nil : now.standbyVersion
        var state = DatabaseState(
            status: side == .primary ? now.status : now.standbyStatus, role: isWriter ? .writer : .replica,
            replicaOf: isWriter ? nil : source(of: side), resourceID: "db-\(site.identifier)",
            arn: "arn:aws:rds:\(site.region):111122223333:db:\(site.identifier)",
            engineVersion: version ?? "16.4", instanceCount: side == .primary ? 1 : now.standbyInstances,
            securityGroups: ["sg-0aaaaaaa"], endpoint: site.endpoint)
        if !isWriter, side == .standby {
            let text = now.replicationText
            state.replication = .init(normal: text == nil, text: text ?? "replicating")
        }
        return state
    }

    private func source(of side: Side) -> String {
        let other = database.site(side == .primary ? .standby : .primary)
        if case .auroraGlobal(let globalCluster, _) = database.kind { return globalCluster }
        return "arn:aws:rds:\(other.region):111122223333:db:\(other.identifier)"
    }

    // MARK: - Metrics

    private func routeHealth(_ second: Int, _ now: Conditions, _ closer: Bool) -> Report? {
        guard database.healthCheckID != nil else { return nil }
        let metric = healthMetric(second, now)
        // Route 53's reports come from its own control plane.
        let isReachable = now.metricsHome == .good && !now.isCut(.host, .internet)
        guard closer, isReachable else { return routeHealth(metric) }
        let look = history.panel.look(at: second)
        let sample = HealthSample(healthy: look.healthy, sampledAt: .incident(.seconds(look.sampledAt)))
        if let other = metric.value, other.sampledAt > sample.sampledAt { return routeHealth(metric) }
        return routeHealth(.known(value: sample))
    }

    private func routeHealth(_ reading: Reading<HealthSample>) -> Report {
        Report(
            fact: .routeHealth(reading: reading), source: "CloudWatch us-east-1",
            vantage: "Route 53 checkers",
            takes: reading.unknownReason == .silent ? Self.apiSilence : Self.quick)
    }

    private func healthMetric(_ second: Int, _ now: Conditions) -> Reading<HealthSample> {
        if now.isCut(.host, .internet) || now.isCut(.host, .metrics) {
            return .unknown(reason: .silent, detail: "no answer in 7 s")
        }
        if case .unknown(let reason) = now.metricsHome {
            return .unknown(reason: reason, detail: "CloudWatch us-east-1: \(reason.rawValue)")
        }
        guard let newest = history.healthSamples.newest(at: second) else {
            return .unknown(reason: .missing, detail: "the metric has no sample of late")
        }
        return .known(
            value: HealthSample(healthy: newest.value >= 1, sampledAt: .incident(.seconds(newest.at))))
    }

    private func replication(_ second: Int, _ now: Conditions) -> Report? {
        replication(lagMetric(second, now))
    }

    private func replication(_ reading: Reading<[LagSample]>) -> Report {
        let region = database.standby.region
        return Report(
            fact: .replication(reading: reading), source: "CloudWatch \(region)", vantage: region.rawValue,
            takes: reading.unknownReason == .silent ? Self.apiSilence : Self.quick)
    }

    private func lagMetric(_ second: Int, _ now: Conditions) -> Reading<[LagSample]> {
        if now.isCut(.host, .internet) || now.isCut(.host, .metrics) || now.isCut(.host, .standby) {
            return .unknown(reason: .silent, detail: "no answer in 7 s")
        }
        if case .unknown(let reason) = now.standbyMetrics {
            return .unknown(reason: reason, detail: "CloudWatch: \(reason.rawValue)")
        }
        let samples = history.lagSamples.readable(at: second)
        guard !samples.isEmpty else {
            return .unknown(reason: .missing, detail: "the metric has no sample of late")
        }
        return .known(
            value: samples.map {
                LagSample(sampledAt: .incident(.seconds($0.at)), lagSeconds: $0.value < 0 ? nil : $0.value)
            })
    }

    // MARK: - Words put into their mouths

    private func told(_ teller: Teller, _ saying: Saying, _ second: Int, _ promoted: Bool) -> Report? {
        let side: Side = teller == .standbyProbe || teller == .standbyControlPlane ? .standby : .primary
        switch saying {
        case .nothing: return nil
        case .unknown(let reason): return unknown(teller, side, reason)
        case .answers(let answered):
            let detail = answered ? "answered S in 12 ms" : "no answer in 3 s"
            return probe(side, known(answered, detail), answered ? Self.quick : Self.probeSilence)
        case .status(let status, let isReplica):
            var now = history.track.at(.seconds(second))
            if side == .primary { (now.status, now.isDemoted) = (status, isReplica) }
            if side == .standby { (now.standbyStatus, now.standbyIsWriter) = (status, !isReplica) }
            return database(side, .known(value: state(side, now, promoted)))
        case .health(let healthy, let age):
            let sampledAt = Timestamp.incident(.seconds(second) - age)
            return routeHealth(.known(value: HealthSample(healthy: healthy, sampledAt: sampledAt)))
        case .lag(let seconds, let age):
            let sampledAt = Timestamp.incident(.seconds(second) - age)
            return replication(.known(value: [LagSample(sampledAt: sampledAt, lagSeconds: seconds)]))
        }
    }

    private func unknown(_ teller: Teller, _ side: Side, _ reason: UnknownReason) -> Report {
        let detail = "as the timeline has it: \(reason.rawValue)"
        switch teller {
        case .probe, .standbyProbe: return probe(side, .unknown(reason: reason, detail: detail), Self.quick)
        case .controlPlane, .standbyControlPlane:
            return database(side, .unknown(reason: reason, detail: detail))
        case .route53: return routeHealth(.unknown(reason: reason, detail: detail))
        case .replication: return replication(.unknown(reason: reason, detail: detail))
        }
    }
}

extension Timestamp {
    /// A time of a timeline on a clock: 2026-01-01T00:00:00Z is its 0 s.
    static func incident(_ time: Duration) -> Timestamp { Timestamp(milliseconds: 1_767_225_600_000) + time }
    var inIncident: Duration { self - .incident(.zero) }
}

extension [DatabaseCourse.Sample] {
    /// Those that can be read then, the newest first, as far back as the observers ask: ten minutes.
    func readable(at second: Int) -> [DatabaseCourse.Sample] {
        filter { $0.published <= second && $0.at > second - 600 }.reversed()
    }

    func newest(at second: Int) -> DatabaseCourse.Sample? {
        last { $0.published <= second && $0.at > second - 600 }
    }
}
