import Foundation
import HTTPTransport
import Testing

extension Timeouts {
    /// For a thousand requests to a server in Python, on a machine with much else to do.
    fileprivate static let patient = Timeouts(connect: .seconds(60), total: .seconds(120))
}

@Suite("Many at once")
struct InFlightTests {
    let server: TestServer

    init() throws {
        server = try .shared
    }

    @Test("a thousand requests share a few connections and all are answered")
    func thousand() async throws {
        let transport = CurlTransport(configuration: .init(maxConnectionsPerHost: 8))
        let url = server.http + "/echo"
        let echoes = try await withThrowingTaskGroup { group in
            for number in 0..<1000 {
                group.addTask {
                    let request = HTTPRequest(
                        method: "POST", url: url, body: Array(String(number).utf8), timeouts: .patient)
                    let echo = try await transport.echo(request)
                    return (number, echo)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(echoes.allSatisfy { String(decoding: $0.1.body, as: UTF8.self) == String($0.0) })
        #expect(Set(echoes.map(\.0)).count == 1000)
        #expect(Set(echoes.map(\.1.connection)).count <= 8)
    }

    @Test("a host that hangs delays nobody else, even with a long line before it")
    func blackHole() async throws {
        let transport = CurlTransport(configuration: .init(maxConnectionsPerHost: 4, maxConnections: 8))
        let hanging = HTTPRequest(
            url: "http://\(server.unansweringAddress)/",
            timeouts: Timeouts(connect: .seconds(60), total: .seconds(60)))
        let healthy = HTTPRequest(url: server.http + "/echo", timeouts: Timeouts(total: .seconds(20)))
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 { group.addTask { _ = try await transport.failure(hanging) } }
            // Ends only because all of the healthy ones end: the hanging ones take longer than they may.
            try await withThrowingTaskGroup { others in
                for _ in 0..<100 { others.addTask { _ = try await transport.send(healthy) } }
                try await others.waitForAll()
            }
            group.cancelAll()
        }
    }

    @Test("the wait in line counts towards the total time")
    func inLine() async throws {
        let transport = CurlTransport(configuration: .init(maxConnectionsPerHost: 1))
        let path = TestServer.uniquePath("hang")
        let first = Task { [server] in
            try await transport.failure(
                HTTPRequest(url: server.http + path, timeouts: Timeouts(total: .seconds(60))))
        }
        try await server.hasGot(1, of: path)
        let error = try await transport.failure(
            HTTPRequest(url: server.http + "/echo", timeouts: Timeouts(total: .milliseconds(200))))
        #expect(error.kind == .totalTimeout)
        #expect(!error.mayHaveReachedServer)
        first.cancel()
        #expect(try await first.value.kind == .cancelled)
        #expect(try await transport.send(HTTPRequest(url: server.http + "/echo")).status == 200)
    }

    @Test("more than the limit are refused, not kept")
    func tooMany() async throws {
        let transport = CurlTransport(configuration: .init(maxRequestsInFlight: 1))
        let path = TestServer.uniquePath("hang")
        let first = Task { [server] in
            try await transport.failure(HTTPRequest(url: server.http + path))
        }
        try await server.hasGot(1, of: path)
        let error = try await transport.failure(HTTPRequest(url: server.http + "/echo"))
        #expect(error.kind == .other)
        #expect(!error.mayHaveReachedServer)
        first.cancel()
        _ = try await first.value
        #expect(try await transport.send(HTTPRequest(url: server.http + "/echo")).status == 200)
    }

    @Test("cancellation ends a request at once, and says whether it was sent")
    func cancellation() async throws {
        let transport = CurlTransport()
        let path = TestServer.uniquePath("hang")
        let task = Task { [server] in
            try await transport.failure(
                HTTPRequest(url: server.http + path, timeouts: Timeouts(total: .seconds(60))))
        }
        try await server.hasGot(1, of: path)
        task.cancel()
        let error = try await task.value
        #expect(error.kind == .cancelled)
        #expect(error.mayHaveReachedServer)
    }

    @Test("what is cancelled before it starts is never sent")
    func cancelledBefore() async throws {
        let transport = CurlTransport()
        let path = TestServer.uniquePath("status")
        let task = Task { [server] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await transport.failure(HTTPRequest(url: server.http + path))
        }
        let error = try await task.value
        #expect(error.kind == .cancelled)
        #expect(!error.mayHaveReachedServer)
        #expect(try await server.counts().requests[path] == nil)
    }

    @Test("cancellations that race with answers leave nothing behind")
    func racingCancellations() async throws {
        let transport = CurlTransport(configuration: .init(maxConnectionsPerHost: 4))
        let url = server.http + "/echo"
        await withTaskGroup { group in
            for number in 0..<300 {
                let task = Task {
                    do throws(TransportError) {
                        _ = try await transport.send(HTTPRequest(url: url, timeouts: .patient))
                        return true
                    } catch {
                        return error.kind == .cancelled
                    }
                }
                group.addTask {
                    if number.isMultiple(of: 2) { await Task.yield() }
                    if !number.isMultiple(of: 3) { task.cancel() }
                    return await task.value
                }
            }
            for await isFine in group { #expect(isFine) }
        }
        #expect(try await transport.send(HTTPRequest(url: url)).status == 200)
    }
}
