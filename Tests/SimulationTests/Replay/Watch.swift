import Controller
import Failover
import Foundation
import Journal

@testable import Simulation

/// One database whose primary dies when the test says so, watched by the real controller in virtual time and
/// recorded by the real recorder. What the world looks like depends on the time and on what was promoted.
final class Watch: @unchecked Sendable {
    // It lives on the run's one thread.

    static let start = Timestamp(milliseconds: 1_800_000_000_000)
    private(set) var workload: Workload
    /// Spans in which the primary is gone, in seconds since the start.
    var outages: [ClosedRange<Int>] = []
    private(set) var journal = MemoryJournal()
    private var promotedAt: Timestamp?

    init(_ change: (inout Policy) -> Void = { _ in }) {
        var policy = Policy(
            mode: .automatic, witnesses: Set(WitnessKind.allCases), quorum: 3,
            confirmationWindow: .seconds(60), clearanceWindow: .seconds(60), maximumDataLoss: .seconds(300),
            cooldown: .seconds(3600), freshness: .seconds(30), metricFreshness: .seconds(300),
            stallAfter: .seconds(60), providerRecoveryLimit: .seconds(300), timeouts: Policy.Timeouts())
        change(&policy)
        workload = Self.workload(policy)
    }

    static func workload(_ policy: Policy) -> Workload {
        Workload(
            id: "orders",
            databases: [
                Failover.Database(
                    id: "orders", kind: .rdsReplica, primary: site("orders-a", "ap-southeast-2"),
                    standby: site("orders-b", "ap-southeast-1"), fencing: Fencing(method: .none),
                    healthCheckID: "hc")
            ], policy: policy,
            traffic: [
                .route53Record(RecordLever(database: "orders", zoneID: "Z1", name: "db.example.com"))
            ],
            topics: [Topic(region: "ap-southeast-1", arn: "arn:aws:sns:ap-southeast-1:1:dr")])
    }

    private static func site(_ name: String, _ region: Region) -> Site {
        Site(region: region, identifier: name, endpoint: Endpoint(host: "\(name).example", port: 5432))
    }

    /// Watches for `seconds`; a process that dies at one of `deaths` is followed by another one 20 s later.
    /// Meanwhile operators ask what `requests` say. Returns everything in the journal.
    func run(
        _ seconds: Int, deaths: [Int] = [], requests: [(Int, OperatorRequest.Verb)] = [],
        recordingTo path: String
    ) -> [Record] {
        VirtualTime.begin(at: Self.start) { time in
            for (at, verb) in requests {
                time.at(Self.start + .seconds(at)) { self.ask(verb) }
            }
            for (index, death) in (deaths + [seconds]).enumerated() {
                if index > 0 { time.run(until: time.now + .seconds(20)) }
                self.live(in: time, until: Self.start + .seconds(death), path)
            }
        }
        var records: [Record] = []
        try? journal.replay { records.append($0.record) }
        return records
    }

    private var controller: Controller?

    private func live(in time: VirtualTime, until end: Timestamp, _ path: String) {
        let life = Life(host: "a", time: time)
        journal = journal.reopened()
        let recorder = ObservationRecorder(
            path: path, bounds: RecordingBounds(keep: .seconds(864_000), bytes: 1 << 28), warn: { _ in },
            schedule: { $0() })
        let controller = Controller(
            workloads: [workload], maxConcurrentFailovers: 4, journal: journal,
            eyes: WatchEyes(watch: self, life: life), hands: WatchHands(watch: self, life: life),
            voice: WatchVoice(), clock: HostClock(life: life, origin: time.now, driftPPM: 0), log: NoLog(),
            observationLog: recorder,
            pace: Pace(round: .seconds(10), closer: .seconds(5), tick: .seconds(1)))
        self.controller = controller
        Task {
            try await controller.start(version: "1", configurationDigest: "d")
            await controller.run()
        }
        time.run(until: end)
        // The death of a process: but for what it has not written yet, its recording is whole.
        recorder.hurry()
        controller.kill()
        life.end()
        time.run(until: time.now)
    }

    private func ask(_ verb: OperatorRequest.Verb) {
        guard let controller else { return }
        Task {
            _ = await controller.request(
                OperatorRequest(verb: verb, by: "ana", reason: "test"), for: "orders")
        }
    }

    func promote(at now: Timestamp) { promotedAt = promotedAt ?? now }

    // MARK: - How it looks

    private func isDown(_ now: Timestamp) -> Bool {
        outages.contains { $0.contains(Int((now - Self.start).milliseconds / 1000)) }
    }

    /// Each source's answer and how long it takes.
    func answers(at now: Timestamp) -> [(Duration, Fact)] {
        let isUp = !isDown(now)
        return [
            (
                .milliseconds(7),
                .probe(
                    side: .primary,
                    reading: .known(
                        value: ProbeAnswer(answered: isUp, detail: isUp ? "answered S in 7 ms" : "refused")))
            ),
            (
                .milliseconds(9),
                .probe(
                    side: .standby,
                    reading: .known(value: ProbeAnswer(answered: true, detail: "answered S in 9 ms")))
            ),
            (
                isUp ? .milliseconds(80) : .milliseconds(3000),
                .database(
                    side: .primary,
                    reading: isUp
                        ? .known(value: state(.writer, "orders-a"))
                        : .unknown(reason: .silent, detail: "no answer in time"))
            ),
            (
                .milliseconds(60),
                .database(
                    side: .standby,
                    reading: .known(value: state(promotedAt == nil ? .replica : .writer, "orders-b")))
            ),
            (.milliseconds(110), .replication(reading: .known(value: lags(at: now)))),
            (.milliseconds(130), .routeHealth(reading: .known(value: health(at: now)))),
        ]
    }

    /// Metrics have one sample a minute, published a minute late.
    private func minutes(at now: Timestamp) -> [Timestamp] {
        let newest = (now.milliseconds - 60_000) / 60_000 * 60_000
        return (0..<15).map { Timestamp(milliseconds: newest - 60_000 * Int64($0)) }
    }

    private func lags(at now: Timestamp) -> [LagSample] {
        minutes(at: now).map { minute in
            var lag = 0.25
            // While the primary is gone nothing arrives, and the lag grows.
            while lag < 3600, isDown(minute - .seconds(Int(lag))) { lag += 1 }
            return LagSample(sampledAt: minute, lagSeconds: lag)
        }
    }

    private func health(at now: Timestamp) -> HealthSample {
        let minute = minutes(at: now)[0]
        return HealthSample(healthy: !isDown(minute - .seconds(30)), sampledAt: minute)
    }

    private func state(_ role: DatabaseState.Role, _ name: String) -> DatabaseState {
        DatabaseState(
            status: "available", role: role, replicaOf: role == .replica ? "orders-a" : nil,
            resourceID: "db-\(name)", arn: "arn:\(name)", engineVersion: "16.4")
    }
}

private struct WatchEyes: Eyes {
    let watch: Watch
    let life: Life

    func look(
        at workloads: [Workload], closer: Set<WorkloadID>,
        deliver: @escaping @Sendable ([Observation]) async -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for (span, fact) in watch.answers(at: life.time.now) {
                group.addTask {
                    guard (try? await life.pause(for: span)) != nil else { return }
                    await deliver([
                        Observation(
                            workload: "orders", database: "orders", source: "\(fact.slot)",
                            vantage: "this host", at: life.time.now, fact: fact)
                    ])
                }
            }
        }
    }
}

/// Steps take the time that they take here, whatever is typical; the first move of traffic fails once.
private final class WatchHands: Hands, @unchecked Sendable {
    let watch: Watch
    let life: Life

    init(watch: Watch, life: Life) { (self.watch, self.life) = (watch, life) }

    func run(_ order: StepOrder) async -> StepOutcome {
        let gone = StepOutcome.failed(detail: "cancelled", retryable: true, mayHaveHappened: true)
        let seconds = order.step.action.promotes ? 47 : 13
        guard (try? await life.pause(for: .seconds(seconds))) != nil else { return gone }
        if order.step.action.promotes { watch.promote(at: life.time.now) }
        if case .moveRecord = order.step.action, order.attempt == 1 {
            return .failed(detail: "HTTP 503", retryable: true, mayHaveHappened: true)
        }
        return .succeeded(detail: "done")
    }

    func settle(_ fence: FenceAction) async -> FenceAttempt { .stillOwed(because: "test") }
    func assertLever(_ flip: FlipHealthCheck) async {}
}

private struct WatchVoice: Voice {
    func deliver(_ notice: Notice) async -> [Delivery] {
        notice.topics.map { Delivery(topic: $0, messageID: "m", failure: nil) }
    }
}

private struct NoLog: ControllerLog {
    func record(_ record: Record) {}
    func problem(_ message: String) {}
}
