import Failover
import HTTPTransport
import Testing

@testable import Execution

@Suite("The heartbeat", .timeLimit(.minutes(1))) struct HeartbeatTests {
    private func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

    /// Runs it from `start` to `end`, and gives when it was sent.
    private func run(
        _ daily: DailyTime, from start: String, to end: String,
        leading: @escaping @Sendable (Timestamp) -> Bool = { _ in true }
    ) async throws -> [String] {
        let clock = ManualClock(try time(start))
        let end = try time(end)
        let sent = Sent()
        let heartbeat = Heartbeat(
            time: daily, now: { clock.now }, sleep: { try await clock.sleep($0) },
            leads: { leading(clock.now) }, send: { _ in sent.note(clock.now) })
        let running = Task { await heartbeat.run() }
        while clock.now < end {
            #expect(await eventually { clock.sleepers == 1 })
            guard let due = clock.nextDue else { break }
            clock.advance(due - clock.now)
        }
        running.cancel()
        await running.value
        return sent.times.map { String("\($0)".prefix(16)) }
    }

    @Test("comes once a day, at its time")
    func daily() async throws {
        let nine = try #require(DailyTime(minute: 540, zone: "UTC"))
        let sent = try await run(nine, from: "2026-01-01T12:00:00Z", to: "2026-01-04T12:00:00Z")
        #expect(sent == ["2026-01-02T09:00", "2026-01-03T09:00", "2026-01-04T09:00"])
    }

    @Test("keeps to its zone's clocks when they change")
    func summerTime() async throws {
        let nine = try #require(DailyTime(minute: 540, zone: "Europe/Berlin"))
        let sent = try await run(nine, from: "2026-03-28T00:00:00Z", to: "2026-03-30T12:00:00Z")
        #expect(sent == ["2026-03-28T08:00", "2026-03-29T07:00", "2026-03-30T07:00"])
        let gap = try #require(DailyTime(minute: 150, zone: "Europe/Berlin"))
        // 02:30 does not exist on that day.
        let next = gap.next(after: try time("2026-03-28T12:00:00Z"))
        #expect("\(next)".hasPrefix("2026-03-29T01:"))
        let twice = gap.next(after: try time("2026-10-24T12:00:00Z"))
        #expect("\(twice)" == "2026-10-25T00:30:00.000Z", "the first of the two")
        #expect("\(gap.next(after: twice))" == "2026-10-26T01:30:00.000Z")
    }

    @Test("a start soon after the hour makes up for it, a later one does not")
    func grace() async throws {
        let nine = try #require(DailyTime(minute: 540, zone: "UTC"))
        #expect(
            try await run(nine, from: "2026-01-01T09:04:00Z", to: "2026-01-01T12:00:00Z") == [
                "2026-01-01T09:04"
            ])
        #expect(try await run(nine, from: "2026-01-01T09:11:00Z", to: "2026-01-01T12:00:00Z") == [])
    }

    @Test("only the host that leads sends it, also when it has come to lead a moment ago")
    func leadership() async throws {
        let nine = try #require(DailyTime(minute: 540, zone: "UTC"))
        let (start, end) = ("2026-01-01T08:00:00Z", "2026-01-01T12:00:00Z")
        #expect(try await run(nine, from: start, to: end) { _ in false } == [])
        let took = try time("2026-01-01T09:03:00Z")
        #expect(try await run(nine, from: start, to: end) { $0 >= took } == ["2026-01-01T09:03"])
    }

    @Test("a dead man's switch is fed while the loop goes round, and at no other time")
    func deadMan() async throws {
        let clock = ManualClock()
        let web = Pings()
        let file = try SecretSample("https://watch.example.com/token")
        defer { withExtendedLifetime(file) {} }
        let box = Turn()
        let deadMan = DeadMan(
            url: file.file, every: .seconds(60), transport: web,
            surroundings: NotifierSurroundings(
                now: { clock.now }, sleep: { try await clock.sleep($0) }, maySpeak: { true }, report: { _ in }
            ),
            progress: { box.value })
        let running = Task { await deadMan.run() }
        func pass(_ seconds: Int, turning: Bool) async {
            for _ in 0..<(seconds / 5) {
                _ = await eventually { clock.sleepers == 1 }
                if turning { box.value = clock.now }
                clock.advance(.seconds(5))
            }
            _ = await eventually { clock.sleepers == 1 }
        }
        await pass(60, turning: false)
        #expect(web.count == 0, "it has not decided yet")
        await pass(300, turning: true)
        #expect((5...6).contains(web.count))
        let before = web.count
        await pass(600, turning: false)
        #expect(web.count <= before + 1, "the loop is stuck")
        running.cancel()
        await running.value
    }
}

private final class Sent: Sendable {
    private let state = Locked<[Timestamp]>([])
    var times: [Timestamp] { state.withLock { $0 } }
    func note(_ time: Timestamp) { state.withLock { $0.append(time) } }
}

private final class Turn: Sendable {
    private let state = Locked<Timestamp?>(nil)
    var value: Timestamp? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

private final class Pings: Transport {
    private let pings = Locked(0)
    var count: Int { pings.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        pings.withLock { $0 += 1 }
        return HTTPResponse(status: 200)
    }
}
