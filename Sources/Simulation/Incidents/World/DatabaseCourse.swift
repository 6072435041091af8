import Failover

/// What truly happens to one database and its replica, second by second, and the metrics that are made of it.
struct DatabaseCourse: Sendable {
    /// How long everything has been well before a timeline begins: enough for every metric to be there.
    static let warmUp = 1200
    /// CloudWatch publishes RDS's metrics 1 to 3 minutes late; from the start of a sample's minute it is at
    /// least that minute more.
    static let publication = 60
    /// On an idle primary RDS for PostgreSQL's `ReplicaLag` climbs to about 5 minutes, then a switched WAL
    /// segment brings it down.
    static let idleClimb = 300

    /// Once in a round.
    static let canaryInterval = 10

    let track: ConditionTrack
    let panel: CheckerPanel
    private let end: Int
    /// The primary's time up to which the replica has everything, in milliseconds, by second.
    private var applied: [Int64] = []
    /// When the last commit was made, in milliseconds, by second.
    private var committed: [Int64] = []
    /// When the host of drctl could last commit a row of its own, by second.
    private var canary: [Int] = []
    /// What the lag metric would read, in milliseconds, by second; -1 where replication is not running.
    private var lag: [Int64] = []
    let lagSamples: [Sample]
    let healthSamples: [Sample]

    /// One sample of a metric: a minute's worst.
    struct Sample: Sendable, Equatable {
        /// When its minute began, in seconds.
        var at: Int
        /// When it can first be read.
        var published: Int
        /// Seconds of lag (-1: not running), or 1 for healthy.
        var value: Double
    }

    init(_ incident: Incident, workload: IncidentWorkload, database: String) {
        track = ConditionTrack(incident, workload: workload, database: database)
        panel = CheckerPanel(track, kind: workload.healthCheck)
        end = Int(incident.length.milliseconds / 1000) + 1
        var position = Replica(lastCommit: Int64(-Self.warmUp) * 1000, engine: workload.engine)
        var lastCanary = -Self.warmUp
        for second in -Self.warmUp...end {
            let now = track.at(.seconds(second))
            position.advance(to: second, now)
            if second % Self.canaryInterval == 0, now.takesCanary { lastCanary = second }
            canary.append(lastCanary)
            applied.append(position.applied)
            committed.append(position.lastCommit)
            lag.append(position.metric)
        }
        let minutes = stride(from: -Self.warmUp, to: end - 60, by: 60)
        let (lag, panel, track) = (lag, panel, track)
        lagSamples = minutes.compactMap { minute in
            let now = track.at(.seconds(minute + 59))
            guard now.lagPublished, now.standbyRegionUp else { return nil }
            let values = lag[(minute + Self.warmUp)..<(minute + Self.warmUp + 60)]
            let worst = values.max() ?? 0
            return Sample(
                at: minute, published: minute + 60 + Self.publication + now.lagDelay.wholeSeconds,
                value: worst < 0 ? -1 : Double(worst) / 1000)
        }
        healthSamples = minutes.compactMap { minute in
            let now = track.at(.seconds(minute + 59))
            guard now.healthPublished, now.metricsHome != .unknown(.silent) else { return nil }
            let healthy = stride(from: minute, to: minute + 60, by: 5).allSatisfy { panel.isHealthy(at: $0) }
            return Sample(
                at: minute, published: minute + 60 + Self.publication + now.healthDelay.wholeSeconds,
                value: healthy ? 1 : 0)
        }
    }

    /// The newest commit that the replica has, of clients or of drctl's own, by when it was made.
    func newestCommit(at second: Int) -> Int {
        let reached = index(Int(applied[index(second)] / 1000))
        return max(canary[reached], Int(committed[reached] / 1000))
    }

    private func index(_ second: Int) -> Int { min(max(second, -Self.warmUp), end) + Self.warmUp }

    /// What a promotion at that second would lose: commits that the replica does not have.
    func loss(at second: Int) -> Duration {
        .milliseconds(max(0, committed[index(second)] - applied[index(second)]))
    }
}

/// Where a replica stands while time passes.
private struct Replica {
    var lastCommit: Int64
    var applied: Int64
    var metric: Int64 = 0
    /// What the lag metric counts from.
    private var replayed: Int64
    let engine: IncidentWorkload.Engine

    init(lastCommit: Int64, engine: IncidentWorkload.Engine) {
        (self.lastCommit, self.engine) = (lastCommit, engine)
        (applied, replayed) = (lastCommit, lastCommit)
    }

    mutating func advance(to second: Int, _ now: Conditions) {
        let time = Int64(second) * 1000
        if now.commits { lastCommit = time }
        if now.replicates {
            // While it falls behind it gets on by what is left of each second; afterwards it catches up at
            // once with what its lag allows. What it has applied it keeps.
            let reachable = time - now.lag.milliseconds
            let gained = applied + Int64((1 - now.growth) * 1000)
            applied = max(applied, now.growth > 0 ? min(reachable, gained) : reachable)
        }
        if now.replicationBroken {
            metric = -1
            return
        }
        if now.replicates {
            // Where everything has arrived, only RDS counts the quiet since then as lag. A hung write keeps
            // the WAL from being switched, too.
            let quiet = time - lastCommit
            let climbed = now.writesHang ? quiet : quiet % Int64(DatabaseCourse.idleClimb * 1000)
            let isQuiet = engine == .rds && applied >= lastCommit
            replayed = isQuiet ? min(applied, time - climbed) : applied
        }
        metric = time - replayed
    }
}

extension Duration {
    var wholeSeconds: Int { Int(milliseconds / 1000) }
}
