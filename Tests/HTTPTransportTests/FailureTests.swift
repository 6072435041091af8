import HTTPTransport
import Testing

@Suite("Failures are told apart")
struct FailureTests {
    let transport = CurlTransport()
    let server: TestServer

    init() throws {
        server = try .shared
    }

    @Test("a name without an address")
    func name() async throws {
        // A label has 63 bytes at most: no resolver has to be asked to know that this one does not exist.
        let host = String(repeating: "x", count: 64) + ".test"
        let error = try await transport.failure(HTTPRequest(url: "http://\(host)/"))
        #expect(error.kind == .nameNotResolved)
        #expect(!error.mayHaveReachedServer)
    }

    @Test("a port where nothing listens")
    func refused() async throws {
        let error = try await transport.failure(HTTPRequest(url: "http://\(server.closedAddress)/a?secret"))
        #expect(error.kind == .connectionRefused)
        #expect(!error.mayHaveReachedServer)
        #expect(error.url == "http://\(server.closedAddress)/a")
    }

    @Test("a host that does not answer, and one that does not get on with TLS")
    func connectTimeout() async throws {
        for url in ["http://\(server.unansweringAddress)/", "https://\(server.silentAddress)/"] {
            let error = try await transport.failure(
                HTTPRequest(url: url, timeouts: Timeouts(connect: .milliseconds(200))))
            #expect(error.kind == .connectTimeout, "\(error)")
            #expect(!error.mayHaveReachedServer)
        }
    }

    @Test("a total time that is over before the connection stands")
    func totalBeforeConnect() async throws {
        let timeouts = Timeouts(connect: .seconds(10), total: .milliseconds(200))
        let error = try await transport.failure(
            HTTPRequest(url: "http://\(server.unansweringAddress)/", timeouts: timeouts))
        #expect(error.kind == .totalTimeout)
        #expect(!error.mayHaveReachedServer)
    }

    @Test("an answer that does not come, or does not end", arguments: ["/hang", "/hang-mid-body"])
    func totalTimeout(path: String) async throws {
        let timeouts = Timeouts(total: .seconds(1))
        let error = try await transport.failure(HTTPRequest(url: server.http + path, timeouts: timeouts))
        #expect(error.kind == .totalTimeout)
        #expect(error.mayHaveReachedServer)
    }

    @Test("a connection that ends mid-answer", arguments: ["/reset-mid-body", "/cut-off"])
    func lost(path: String) async throws {
        let error = try await transport.failure(HTTPRequest(url: server.http + path))
        #expect(error.kind == .connectionLost)
        #expect(error.mayHaveReachedServer)
    }

    @Test("an answer that is not HTTP")
    func nonsense() async throws {
        let error = try await transport.failure(HTTPRequest(url: server.http + "/nonsense"))
        #expect(error.kind == .other)
        #expect(error.mayHaveReachedServer)
    }

    @Test("a body over the limit, announced or not; one of just the limit is fine")
    func tooLarge() async throws {
        for path in ["/bytes/1000", "/bytes/1000/chunked"] {
            let exact = HTTPRequest(url: server.http + path, maxResponseBytes: 1000)
            #expect(try await transport.send(exact).body.count == 1000)
            let error = try await transport.failure(
                HTTPRequest(url: server.http + path, maxResponseBytes: 999))
            #expect(error.kind == .responseTooLarge)
            #expect(error.mayHaveReachedServer)
        }
    }

    @Test("a header out of all proportion")
    func hugeHeader() async throws {
        let error = try await transport.failure(HTTPRequest(url: server.http + "/headers/600000"))
        #expect(error.kind == .responseTooLarge)
    }

    @Test("a request that must not be repeated is sent once, and what may be, again")
    func atMostOnce() async throws {
        for (method, isIdempotent, body, expected) in [
            ("POST", nil, [1], 2), ("POST", true, [1], 3), ("GET", nil, [], 3), ("PUT", nil, [1], 3),
            ("PUT", false, [1], 2),
        ] as [(String, Bool?, [UInt8], Int)] {
            let transport = CurlTransport()
            let path = TestServer.uniquePath("drop-unless-first")
            let request = HTTPRequest(
                method: method, url: server.http + path, body: body, isIdempotent: isIdempotent)
            #expect(try await transport.send(request).status == 200)
            if expected == 2 {
                let error = try await transport.failure(request)
                #expect(error.kind == .connectionLost)
                #expect(error.mayHaveReachedServer)
            } else {
                #expect(try await transport.send(request).status == 200)
            }
            #expect(try await server.counts().requests[path] == expected, "\(method) \(body)")
        }
    }

    @Test("what is sent again is this request, not the last one")
    func repeatsItself() async throws {
        let transport = CurlTransport()
        let paths = [TestServer.uniquePath("drop-unless-first"), TestServer.uniquePath("drop-unless-first")]
        for path in paths {
            #expect(try await transport.send(HTTPRequest(url: server.http + path)).status == 200)
        }
        let requests = try await server.counts().requests
        #expect(paths.map { requests[$0] } == [1, 2])
    }

    @Test("a POST without a body, which nothing could stop from being sent twice, gets a new connection")
    func emptyPost() async throws {
        let path = TestServer.uniquePath("drop-unless-first")
        for _ in 0..<3 {
            let request = HTTPRequest(method: "POST", url: server.http + path)
            #expect(try await transport.send(request).status == 200)
        }
        #expect(try await server.counts().requests[path] == 3)
    }

    @Test("after a timeout, connections from before it are not trusted")
    func silentConnections() async throws {
        let transport = CurlTransport()
        let request = HTTPRequest(
            url: server.http + "/mutable", timeouts: Timeouts(total: .seconds(2)))
        // Several connections, all idle afterwards.
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 { group.addTask { _ = try await transport.send(request) } }
            try await group.waitForAll()
        }
        _ = try await CurlTransport().send(HTTPRequest(url: server.http + "/mute"))
        #expect(try await transport.failure(request).kind == .totalTimeout)
        for _ in 0..<3 {
            #expect(try await transport.send(request).status == 200)
        }
    }
}
