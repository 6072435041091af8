import Failover

/// `ReplicaLag` of RDS for PostgreSQL, and `AuroraGlobalDBRPOLag`.
extension Estate {
    /// RDS for PostgreSQL switches its write-ahead log that often (the default of `archive_timeout`), so that
    /// an idle primary's replica says up to 300 s.
    static let walSwitch = Duration.seconds(300)

    /// Newest first, as CloudWatch of the standby's Region publishes them by `time`.
    func lagSamples(of database: TwinDatabase, publishedBy time: Timestamp, limit: Int = 15) -> [LagSample] {
        let region = database.standby.region
        let salt = database.lag
        return database.lag.newest(limit, publishedBy: time, now: now) { minute in
            var chance = salt.chance(of: minute)
            return lag(of: database, at: minute + chance.duration(.zero...(.milliseconds(59_999))))
        } delay: { minute in
            publicationDelay(salt, minute, region)
        }.map { LagSample(sampledAt: $0.at, lagSeconds: $0.value < 0 ? nil : $0.value) }
    }

    /// What the replica says about itself at a moment, in seconds; -1 when replication does not run, nil when
    /// nothing is said at all.
    func lag(of database: TwinDatabase, at moment: Timestamp) -> Double? {
        let node = database.standby
        let state = node.past.at(moment)
        let region = self.state(of: node.region, at: moment)
        guard state.isUp, region.hasData, region.hasMetrics, database.isReplica(node, at: moment) else {
            return nil
        }
        if database.stream.hadError(at: moment) { return -1 }
        let horizon = database.stream.horizon(at: moment)
        // Aurora knows how far its storage is, PostgreSQL only when the newest replayed commit was made.
        guard !node.isCluster else { return (moment - horizon).inSeconds }
        let period = (database.heartbeat ?? Self.walSwitch).milliseconds
        let mark = Timestamp(milliseconds: horizon.milliseconds / period * period)
        let newest = database.primary.log.last(upTo: horizon).map { max($0.at, mark) } ?? mark
        return (moment - newest).inSeconds
    }

    func publicationDelay(_ series: SampleSeries, _ minute: Timestamp, _ region: Region) -> Duration {
        var chance = series.chance(of: minute + .milliseconds(1))
        return chance.duration(temper.publication) + state(of: region, at: minute + .seconds(60)).metricsDelay
    }
}

extension TwinDatabase {
    /// Whether the control plane called it a replica.
    func isReplica(_ node: Node, at time: Timestamp) -> Bool {
        if node.isCluster { return global?.at(time).member(node.side)?.isWriter == false }
        return node.past.at(time).source != nil
    }
}
