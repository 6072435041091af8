import HTTPTransport
import Testing

@Suite("HTTP/2")
struct HTTP2Tests {
    let server: TestServer
    let transport: CurlTransport

    init() throws {
        server = try .shared
        transport = CurlTransport(configuration: .init(caBundlePath: server.caBundlePath))
    }

    private func text(_ response: HTTPResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test("is spoken where it is offered, and requests share one connection at the same time")
    func shared() async throws {
        let request = HTTPRequest(url: server.gathering)
        let first = try await transport.send(request)
        #expect(first.status == 200)
        // The server answers none of these before it has all four on one connection.
        let others = try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { try await transport.send(request) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(others.map(text) == Array(repeating: text(first), count: 4))
    }

    @Test("a connection that stalls is not joined by newer requests, though older ones still wait on it")
    func stalled() async throws {
        let post = HTTPRequest(method: "POST", url: server.stalling, body: [1], isIdempotent: false)
        let first = try await transport.send(post)
        let waiting = Task {
            var patient = post
            patient.timeouts = Timeouts(total: .seconds(60))
            return try await transport.failure(patient)
        }
        try await server.hasGot(1, of: "stalled")
        // Long enough for it to be sent, also on a busy machine.
        var brief = post
        brief.timeouts = Timeouts(total: .seconds(2))
        let error = try await transport.failure(brief)
        #expect(error.kind == .totalTimeout)
        #expect(error.mayHaveReachedServer)
        let next = try await transport.send(post)
        #expect(text(next) != text(first))
        waiting.cancel()
        let given = try await waiting.value
        #expect(given.kind == .cancelled && given.mayHaveReachedServer)
    }

    @Test("a request that the server has refused unseen is sent again where that is allowed")
    func refused() async throws {
        let request = HTTPRequest(url: server.refusing)
        for _ in 0..<3 { #expect(try await transport.send(request).status == 200) }
    }
}
