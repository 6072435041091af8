import Failover
import Foundation

@testable import Journal

/// What a controller would hand over, made up: every look has the wording and the samples of a real one.
enum Watching {
    static let start = Timestamp(milliseconds: 1_800_000_000_000)

    static let session = RecordingSession(
        startedAt: start, version: "1", configurationDigest: "d", round: .seconds(10), tick: .seconds(1),
        estate: [
            .init(
                id: "orders",
                databases: [
                    Failover.Database(
                        id: "orders", kind: .rdsReplica, primary: site("a"), standby: site("b"),
                        fencing: Fencing(method: .none))
                ])
        ])

    private static func site(_ name: String) -> Site {
        Site(
            region: "eu-west-1", identifier: name, endpoint: Endpoint(host: "\(name).example", port: 5432))
    }

    static func observation(_ fact: Fact, at now: Timestamp, of workload: WorkloadID = "orders")
        -> Observation
    {
        Observation(
            workload: workload, database: "orders", source: source(of: fact.slot), vantage: "this host",
            at: now,
            fact: fact)
    }

    private static func source(of slot: Slot) -> String {
        switch slot {
        case .primaryProbe, .standbyProbe: "TCP probe"
        case .routeHealth: "CloudWatch us-east-1"
        case .replication: "CloudWatch ap-southeast-1"
        case .primaryDatabase, .standbyDatabase: "RDS API"
        }
    }

    /// A healthy database as six sources see it: metrics have a new sample each minute, a quarter of an hour of
    /// them is read.
    static func healthy(at now: Timestamp, tripMilliseconds: Int) -> [[Observation]] {
        let minute = now.milliseconds / 60_000 * 60_000 - 120_000
        let lags = (0..<15).map { index in
            LagSample(
                sampledAt: Timestamp(milliseconds: minute - Int64(index) * 60_000),
                lagSeconds: Double((minute / 60_000 - Int64(index)) % 3))
        }
        let facts: [Fact] = [
            .probe(
                side: .primary,
                reading: .known(
                    value: ProbeAnswer(
                        answered: true, detail: "answered S in \(tripMilliseconds) ms (10.0.0.1)"))),
            .probe(
                side: .standby,
                reading: .known(
                    value: ProbeAnswer(
                        answered: true, detail: "answered S in \(tripMilliseconds + 1) ms (10.1.0.1)"))),
            .database(side: .primary, reading: .known(value: state(.writer))),
            .database(side: .standby, reading: .known(value: state(.replica))),
            .replication(reading: .known(value: lags)),
            .routeHealth(
                reading: .known(
                    value: HealthSample(healthy: true, sampledAt: Timestamp(milliseconds: minute)))),
        ]
        return facts.map { [observation($0, at: now)] }
    }

    static func state(_ role: DatabaseState.Role) -> DatabaseState {
        DatabaseState(
            status: "available", role: role,
            replicaOf: role == .replica ? "arn:aws:rds:eu-west-1:1:db:a" : nil,
            replication: role == .replica ? .init(normal: true, text: "replicating") : nil,
            resourceID: "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            arn: "arn:aws:rds:eu-west-1:111122223333:db:orders-a",
            engineVersion: "16.4", securityGroups: ["sg-0a1b2c3d4e5f60718"],
            endpoint: Endpoint(host: "orders-a.c1x2y3z4abcd.eu-west-1.rds.amazonaws.com", port: 5432))
    }

    static func silence(_ detail: String) -> Fact {
        .database(side: .primary, reading: .unknown(reason: .silent, detail: detail))
    }
}

extension Recording {
    /// Everything of a session, in order.
    func all(session: Int64 = 1) throws -> [RecordedBatch] {
        var all: [RecordedBatch] = []
        try replay(
            session: session, from: Timestamp(milliseconds: 0), to: Timestamp(milliseconds: .max / 2)
        ) { all += $0 }
        return all
    }
}

/// Hears what is warned of; and runs work at once, or when told.
final class Bystander: @unchecked Sendable {
    // Guarded by `lock`.
    private let lock = NSLock()
    private var heard: [String] = []
    private var waiting: [@Sendable () -> Void] = []
    private var isHung = false

    var warnings: [String] { lock.withLock { heard } }
    var work: Int { lock.withLock { waiting.count } }

    func warn(_ text: String) { lock.withLock { heard.append(text) } }

    func schedule(_ work: @escaping @Sendable () -> Void) {
        let runs = lock.withLock {
            if isHung { waiting.append(work) }
            return !isHung
        }
        if runs { work() }
    }

    /// From now on nothing that is scheduled runs: a disk that hangs.
    func hang() { lock.withLock { isHung = true } }

    func letGo() {
        let all = lock.withLock {
            defer { (waiting, isHung) = ([], false) }
            return waiting
        }
        for work in all { work() }
    }

    func recorder(_ path: String, keep: Duration = .seconds(840 * 3600), bytes: Int64 = 1 << 28)
        -> ObservationRecorder
    {
        ObservationRecorder(
            path: path, bounds: RecordingBounds(keep: keep, bytes: bytes), warn: { self.warn($0) },
            schedule: { self.schedule($0) })
    }
}
