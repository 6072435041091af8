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
