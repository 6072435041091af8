import Failover
import Foundation
import Testing

@testable import Journal

@Suite struct RecordingTests {
    let folder: TemporaryFolder
    let bystander = Bystander()
    var path: String { folder.path("observations.db") }

    init() throws { folder = try TemporaryFolder() }

    @Test func whatWasTakenInIsReadAgainInItsOrderWithItsTimes() throws {
        var given: [RecordedBatch] = []
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        for round in 0..<400 {
            let now = Watching.start + .seconds(10 * round)
            for batch in Watching.healthy(at: now, tripMilliseconds: 12) {
                recorder.took(batch, at: now)
                given.append(RecordedBatch(at: now, workload: "orders", observations: batch))
            }
        }
        recorder.hurry()
        let read = try Recording.openReadOnly(path: path).all()
        #expect(read == given)
        #expect(bystander.warnings.isEmpty)
    }

    @Test func everyKindOfFactSurvives() throws {
        let now = Watching.start
        let sql = SQLAnswer(
            outcome: .looked, detail: "replayed to 0/3000148", position: "0/3000148",
            heartbeat: LagSample(sampledAt: now, lagSeconds: 0.123_456_789))
        let facts: [Fact] = [
            .routeHealth(reading: .unknown(reason: .missing, detail: "no sample")),
            .routeHealth(reading: .known(value: HealthSample(healthy: false, sampledAt: now))),
            .replication(reading: .known(value: [])),
            .replication(
                reading: .known(
                    value: [
                        LagSample(sampledAt: now, lagSeconds: nil), LagSample(sampledAt: now, lagSeconds: -1),
                        LagSample(sampledAt: now, lagSeconds: .infinity),
                    ])),
            .replication(reading: .unknown(reason: .denied, detail: "ümlaut \u{1}")),
            .probe(
                side: .standby, reading: .known(value: ProbeAnswer(answered: true, detail: "S", sql: sql))),
            .probe(side: .primary, reading: .unknown(reason: .nameNotResolved, detail: "")),
            .database(side: .primary, reading: .known(value: Watching.state(.writer))),
        ]
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        for fact in facts { recorder.took([Watching.observation(fact, at: now)], at: now) }
        // And all at once, as a slow journal makes them come.
        recorder.took(facts.map { Watching.observation($0, at: now) }, at: now + .seconds(1))
        recorder.hurry()
        let read = try Recording.openReadOnly(path: path).all()
        #expect(
            Set(read.dropLast().flatMap(\.observations).map { "\($0)" })
                == Set(facts.map { "\(Watching.observation($0, at: now))" }))
        #expect(read.last?.observations.map(\.fact) == facts)
    }

    @Test func aChangeIsToldToTheMillisecondAndALookWithoutNewsWithinASixteenthOfThePace() throws {
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        var now = Watching.start
        var given: [(Timestamp, Bool)] = []
        // A round takes now less and now more time, and the database is away twice.
        for round in 0..<300 {
            now = now + .milliseconds(10_000 + (round * 7919) % 400)
            let isUp = !(100..<130).contains(round) && round != 200
            let fact = Fact.probe(
                side: .primary,
                reading: .known(
                    value: ProbeAnswer(answered: isUp, detail: isUp ? "S in \(round) ms" : "refused")))
            recorder.took([Watching.observation(fact, at: now - .milliseconds(3))], at: now)
            given.append((now, isUp))
        }
        recorder.hurry()
        let read = try Recording.openReadOnly(path: path).all()
        try #require(read.count == given.count)
        var before: Bool?
        for (batch, (time, isUp)) in zip(read, given) {
            #expect(batch.observations[0].fact.isUp == isUp)
            #expect(abs((batch.at - time).milliseconds) <= (isUp == before ? 640 : 0))
            #expect(batch.at - batch.observations[0].at == .milliseconds(3))
            before = isUp
        }
    }

    /// docs/replay.md tells these numbers.
    @Test(arguments: [(6, 45_000), (4, 3_000)])
    func aDayOfAHealthyDatabaseTakesUpLittle(sources: Int, limit: Int) throws {
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        for round in 0..<8640 {
            let now = Watching.start + .milliseconds(10_040 * Int64(round) + Int64(round * 7919 % 60))
            // The last two are the metrics, which bring a new sample each minute.
            for batch in Watching.healthy(at: now, tripMilliseconds: 9 + round % 7).prefix(sources) {
                recorder.took(batch, at: now)
            }
        }
        recorder.hurry()
        let recording = try Recording.openReadOnly(path: path)
        let size = try #require(try recording.sizes()["orders"])
        #expect(size.observations == sources * 8640)
        #expect(size.bytes < limit, "\(size.bytes) bytes")
        #expect(try recording.all().count == sources * 8640)
    }

    @Test func aHeartbeatThatIsNewWithEachLookTakesUpAboutTenBytesOfIt() throws {
        let recorder = bystander.recorder(path)
        recorder.began(Watching.session)
        for round in 0..<8640 {
            let now = Watching.start + .milliseconds(10_040 * Int64(round) + Int64(round * 7919 % 60))
            let heartbeat = LagSample(
                sampledAt: now, lagSeconds: 0.2 + Double(round * 7919 % 1000) / 1000)
            let sql = SQLAnswer(
                outcome: .looked, detail: "replayed to 0/\(String(round * 4096, radix: 16))",
                position: "0/\(String(round * 4096, radix: 16))", heartbeat: heartbeat)
            let answer = ProbeAnswer(answered: true, detail: "answered S in 9 ms", sql: sql)
            recorder.took(
                [Watching.observation(.probe(side: .standby, reading: .known(value: answer)), at: now)],
                at: now)
        }
        recorder.hurry()
        let size = try #require(try Recording.openReadOnly(path: path).sizes()["orders"])
        #expect((80_000..<130_000).contains(size.bytes), "\(size.bytes) bytes")
    }

    @Test func wordsThatOnlyTellHowLongItTookAreNoNews() {
        #expect(
            Wording.essence(of: "answered S in 12 ms (10.0.0.1)")
                == Wording.essence(of: "answered S in 4.2 s (10.0.0.1)"))
        #expect(
            Wording.essence(of: "answered S in 12 ms (10.0.0.1)")
                != Wording.essence(of: "answered S in 12 ms (10.0.0.2)"))
        #expect(
            Wording.essence(of: "wrote at 0/3000148 in 9 ms") == Wording.essence(of: "wrote at 1/FF in 10 ms")
        )
        #expect(
            Wording.essence(of: "denied (HTTP 403, request 11111111-2222-3333). Allow")
                == Wording.essence(of: "denied (HTTP 403, request 99999999-2222-3333). Allow"))
        #expect(Wording.essence(of: "HTTP 403") != Wording.essence(of: "HTTP 503"))
    }
}

extension Fact {
    fileprivate var isUp: Bool? {
        if case .probe(_, .known(let answer)) = self { answer.answered } else { nil }
    }
}
