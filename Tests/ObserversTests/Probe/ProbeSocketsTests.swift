import Failover
import Testing

@testable import Observers

@Suite struct `The sockets of the probes` {
    let sockets = ProbeSockets()

    func ask(_ port: Int, limit: Duration = .seconds(5)) async throws -> ProbeOutcome {
        let address = try #require(SocketAddress("127.0.0.1", port: port))
        return await sockets.ask(address, limit: limit)
    }

    @Test func `A port on which nothing listens is refused`() async throws {
        #expect(try await ask(#require(closedPort())) == .failed("refused"))
    }

    @Test func `A server that accepts and says nothing has not answered`() async throws {
        let server = try #require(LoopbackServer(.silent))
        #expect(try await ask(server.port, limit: .milliseconds(80)) == .failed("no answer in 80 ms"))
        await eventually("it was not asked") { server.counts.requests == [[0, 0, 0, 8, 4, 210, 22, 47]] }
    }

    @Test func `A server that cuts the connection has not answered`() async throws {
        let server = try #require(LoopbackServer(.resetting))
        #expect(try await ask(server.port) == .failed("reset"))
    }

    @Test func `A server that ends the connection has not answered`() async throws {
        let server = try #require(LoopbackServer(.closing))
        #expect(try await ask(server.port) == .failed("closed without an answer"))
    }

    @Test(arguments: ["S", "N", "E"])
    func `The first byte is the answer`(letter: String) async throws {
        let server = try #require(LoopbackServer(.answering(Array("\(letter)rest".utf8))))
        guard case .byte(let byte, let span) = try await ask(server.port) else {
            Issue.record("no byte came")
            return
        }
        #expect(byte == letter.utf8.first)
        #expect(span > .zero)
    }

    @Test func `More probes than sockets all get their answer`() async throws {
        let server = try #require(LoopbackServer(.answering([UInt8(ascii: "N")])))
        let answered = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<(ProbeSocket.maxRunning + 50) {
                group.addTask {
                    if case .byte = try await ask(server.port) { true } else { false }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answered == ProbeSocket.maxRunning + 50)
        await eventually("the probes did not close their sockets") { server.counts.open == 0 }
    }

    @Test func `A cancelled probe ends at once and closes its socket`() async throws {
        let server = try #require(LoopbackServer(.silent))
        let port = server.port
        let probing = Task { try await ask(port, limit: .seconds(600)) }
        await eventually("no connection came") { server.counts.open == 1 }
        probing.cancel()
        #expect(try await probing.value == .cancelled)
        await eventually("the socket stayed open") { server.counts.open == 0 }
    }

    @Test func `A probe of a task that is cancelled already comes to nothing`() async throws {
        let server = try #require(LoopbackServer(.silent))
        let port = server.port
        let probing = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await ask(port, limit: .seconds(600))
        }
        #expect(try await probing.value == .cancelled)
    }

    @Test func `With the last holder the sockets close and whoever waits is told`() async throws {
        let server = try #require(LoopbackServer(.silent))
        let address = try #require(SocketAddress("127.0.0.1", port: server.port))
        let inbox = try #require(ConversationInbox<SocketAddress, ProbeOutcome>())
        #expect(ConversationThread<ProbeSocket>.start(inbox))
        let outcome = Promise<ProbeOutcome>()
        #expect(inbox.add(address, .seconds(600), outcome) != nil)
        await eventually("no connection came") { server.counts.open == 1 }
        inbox.shut()
        #expect(await outcome.value == .cancelled)
        await eventually("the socket stayed open") { server.counts.open == 0 }
        #expect(inbox.add(address, .seconds(1), Promise()) == nil)
    }

    @Test func `An IPv6 address that this host has no way to is not held against the server`() async throws {
        // The documentation prefix of RFC 3849 is routed nowhere.
        let address = try #require(SocketAddress("2001:db8::1", port: 5432))
        let outcome = await sockets.ask(address, limit: .milliseconds(50))
        switch outcome {
        case .couldNotTry, .failed("no answer in 50 ms"), .failed("no route to the host"): break
        default: Issue.record("\(outcome)")
        }
    }
}
