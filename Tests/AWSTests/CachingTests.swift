import Testing

@testable import AWS

@Suite("Renewing credentials")
struct CachingTests {
    private let clock = VirtualClock()

    private func credentials(_ id: String, minutes: Int) -> Credentials {
        Credentials(
            accessKeyID: id, secretAccessKey: "s", expiration: VirtualClock.start + .seconds(minutes * 60))
    }

    private func provider(_ source: ScriptedSource) -> CachingCredentialsProvider {
        CachingCredentialsProvider(source, surroundings: clock.surroundings())
    }

    private let broken = Result<Credentials, CredentialsError>.failure(
        CredentialsError(source: "issuer", detail: "down", retryable: true))

    @Test("they are fetched once and kept")
    func kept() async throws {
        let source = ScriptedSource(.success(credentials("A", minutes: 60)))
        let provider = provider(source)
        for _ in 0..<5 { #expect(try await provider.credentials().accessKeyID == "A") }
        clock.advance(by: .seconds(44 * 60))
        _ = try await provider.credentials()
        #expect(await source.loads == 1)
    }

    @Test("a quarter of an hour before the end they are renewed in the background; nobody waits")
    func advisory() async throws {
        let source = ScriptedSource(
            .success(credentials("A", minutes: 60)), .success(credentials("B", minutes: 120)))
        let provider = provider(source)
        _ = try await provider.credentials()
        clock.advance(by: .seconds(46 * 60))
        #expect(try await provider.credentials().accessKeyID == "A")
        while try await provider.credentials().accessKeyID == "A" { await Task.yield() }
        #expect(await source.loads == 2)
    }

    @Test("an issuer that hangs holds up nobody until a minute before the end")
    func hung() async throws {
        let source = HungSource(credentials("A", minutes: 60))
        let provider = CachingCredentialsProvider(source, surroundings: clock.surroundings())
        _ = try await provider.credentials()
        clock.advance(by: .seconds(58 * 60))
        for _ in 0..<5 { #expect(try await provider.credentials().accessKeyID == "A") }
        while await !source.isAsked { await Task.yield() }
        clock.advance(by: .seconds(50))
        #expect(try await provider.credentials().accessKeyID == "A")
        await source.letGo()
    }

    @Test("a minute before the end callers wait for the renewal")
    func mandatory() async throws {
        let source = ScriptedSource(
            .success(credentials("A", minutes: 60)), .success(credentials("B", minutes: 120)))
        let provider = provider(source)
        _ = try await provider.credentials()
        clock.advance(by: .seconds(59 * 60))
        #expect(try await provider.credentials().accessKeyID == "B")
    }

    @Test(
        "when the issuer is down, what is there stays in use, even past its end, without hammering the issuer"
    )
    func staticStability() async throws {
        let source = ScriptedSource(.success(credentials("A", minutes: 60)), broken)
        let provider = provider(source)
        _ = try await provider.credentials()
        clock.advance(by: .seconds(90 * 60))
        for _ in 0..<10 { #expect(try await provider.credentials().accessKeyID == "A") }
        #expect(await source.loads == 2)
        clock.advance(by: .seconds(61))
        #expect(try await provider.credentials().accessKeyID == "A")
        #expect(await source.loads == 3)
    }

    @Test("what AWS has refused is not handed out again, and the issuer's failure comes out")
    func refused() async throws {
        let source = ScriptedSource(.success(credentials("A", minutes: 60)), broken)
        let provider = provider(source)
        await provider.invalidate(try await provider.credentials())
        for _ in 0..<2 {
            await #expect(throws: CredentialsError.self) { try await provider.credentials() }
        }
        #expect(await source.loads == 2)
    }

    @Test("a refusal of older credentials does not throw newer ones away")
    func olderRefused() async throws {
        let source = ScriptedSource(.success(credentials("A", minutes: 60)))
        let provider = provider(source)
        _ = try await provider.credentials()
        await provider.invalidate(credentials("OLD", minutes: 1))
        _ = try await provider.credentials()
        #expect(await source.loads == 1)
    }

    @Test("many callers at once cause one fetch")
    func singleFlight() async throws {
        let source = ScriptedSource(.success(credentials("A", minutes: 60)))
        let provider = provider(source)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await provider.credentials().accessKeyID } }
            for try await id in group { #expect(id == "A") }
        }
        #expect(await source.loads == 1)
    }

    @Test("short-lived credentials are not renewed at every call")
    func shortLived() async throws {
        let source = ScriptedSource(.success(credentials("A", minutes: 10)))
        let provider = provider(source)
        for _ in 0..<5 { _ = try await provider.credentials() }
        clock.advance(by: .seconds(7 * 60))
        for _ in 0..<5 { _ = try await provider.credentials() }
        #expect(await source.loads == 1)
    }

    @Test("before there are any credentials, each caller's failure is its own and the next may try at once")
    func firstFailure() async throws {
        let source = ScriptedSource(broken, .success(credentials("A", minutes: 60)))
        let provider = provider(source)
        await #expect(throws: CredentialsError.self) { try await provider.credentials() }
        #expect(try await provider.credentials().accessKeyID == "A")
    }

    @Test("what has ended when the issuer hands it out is used, and the issuer is not asked at every call")
    func endedAtOnce() async throws {
        let source = ScriptedSource(.success(credentials("A", minutes: -5)))
        let provider = provider(source)
        for _ in 0..<10 { #expect(try await provider.credentials().accessKeyID == "A") }
        #expect(await source.loads == 1)
    }

    @Test("kept warm, they are there before anybody asks, and renewed before their last quarter of an hour")
    func warm() async throws {
        let issuer = CountingSource(clock: clock, life: .seconds(3600))
        // Four hours pass in no time, then whoever sleeps is woken for ever.
        let clock = clock
        var surroundings = clock.surroundings()
        surroundings.sleep = { span in
            guard clock.elapsed < .seconds(4 * 3600) else { throw CancellationError() }
            clock.sleep(for: span)
            // A renewal in the background gets its turn.
            for _ in 0..<100 { await Task.yield() }
        }
        let provider = CachingCredentialsProvider(issuer, surroundings: surroundings)
        await provider.keepWarm()
        let loads = await issuer.loadedAt
        #expect(loads.first == .zero)
        // 3600 s of life less the 900 s of the advisory window, and up to a minute between two looks.
        for (one, next) in zip(loads, loads.dropFirst()) {
            #expect((.seconds(2700)...Duration.seconds(2765)).contains(next - one), "\(one) to \(next)")
        }
        #expect(loads.count == 6)
    }

    @Test("kept warm while the issuer is down, it is asked each few seconds until the first answer")
    func warmFromNothing() async throws {
        let source = ScriptedSource(broken, broken, .success(credentials("A", minutes: 60)))
        let clock = clock
        var surroundings = clock.surroundings()
        surroundings.sleep = { span in
            guard clock.elapsed < .seconds(60) else { throw CancellationError() }
            clock.sleep(for: span)
        }
        let provider = CachingCredentialsProvider(source, surroundings: surroundings)
        await provider.keepWarm()
        #expect(await source.loads == 3)
        #expect(clock.sleeps.prefix(3) == [.seconds(5), .seconds(5), .seconds(60)])
    }
}

/// Hands out credentials with a fixed life, and remembers when.
private actor CountingSource: CredentialsSource {
    private let clock: VirtualClock
    private let life: Duration
    private(set) var loadedAt: [Duration] = []

    init(clock: VirtualClock, life: Duration) {
        self.clock = clock
        self.life = life
    }

    func load() async throws(CredentialsError) -> Credentials? {
        loadedAt.append(clock.elapsed)
        return Credentials(
            accessKeyID: "\(loadedAt.count)", secretAccessKey: "s", expiration: clock.now + life)
    }
}

/// Gives what it has once, and then nothing until it is let go.
private actor HungSource: CredentialsSource {
    private let first: Credentials
    private var isFirst = true
    private var waiting: CheckedContinuation<Void, Never>?
    var isAsked: Bool { waiting != nil }

    init(_ first: Credentials) { self.first = first }

    func letGo() {
        waiting?.resume()
        waiting = nil
    }

    func load() async throws(CredentialsError) -> Credentials? {
        if !isFirst { await withCheckedContinuation { waiting = $0 } }
        isFirst = false
        return first
    }
}
