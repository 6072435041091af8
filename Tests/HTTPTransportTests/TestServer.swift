import Foundation
import HTTPTransport
import Testing

/// The servers of Support/server.py, in a process of their own that ends with this one.
///
/// `@unchecked Sendable`: nothing is changed after `init`.
final class TestServer: @unchecked Sendable {
    private struct Places: Decodable {
        let ca, unix: String
        let http2Gather, http2Stall, http2Refuse: Int
        let good, wronghost, unknown, expired, http, proxy, unanswering, silent, closed: Int
        let halfUnanswering: [Int]
    }

    struct Echo: Decodable {
        let method, target: String
        let headers: [[String]]
        let body: Data
        let connection: Int

        var headerNames: [String] { headers.compactMap(\.first) }

        func header(_ name: String) -> String? {
            headers.first { $0.first?.lowercased() == name.lowercased() }?.last
        }
    }

    struct Counts: Decodable {
        let connections: Int
        let requests: [String: Int]
    }

    enum Failure: Error {
        case didNotStart
    }

    private static let started = Result { try TestServer() }

    static var shared: TestServer {
        get throws { try started.get() }
    }

    private let process = Process()
    /// The server lives until this end is closed.
    private let lifeline = Pipe()
    private let places: Places

    private init() throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Support/server.py")
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-B", script.path]
        process.standardInput = lifeline
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure.didNotStart }
            line += more
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        places = try decoder.decode(Places.self, from: line)
    }

    var http: String { "http://127.0.0.1:\(places.http)" }
    var httpAddress: String { "127.0.0.1:\(places.http)" }
    var https: String { "https://localhost:\(places.good)" }
    var httpsAddress: String { "127.0.0.1:\(places.good)" }
    var httpsForSomebodyElse: String { "https://localhost:\(places.wronghost)" }
    var httpsByUnknownAuthority: String { "https://localhost:\(places.unknown)" }
    var httpsExpired: String { "https://localhost:\(places.expired)" }
    /// HTTP/2: answers the first request of a connection at once, then four together.
    var gathering: String { "https://localhost:\(places.http2Gather)/" }
    /// HTTP/2: answers only the first request of a connection.
    var stalling: String { "https://localhost:\(places.http2Stall)/" }
    /// HTTP/2: refuses the second request of a connection without having looked at it.
    var refusing: String { "https://localhost:\(places.http2Refuse)/" }
    var proxy: String { "http://127.0.0.1:\(places.proxy)" }
    var unixSocketPath: String { places.unix }
    var caBundlePath: String { places.ca }
    /// Packets to it get lost.
    var unansweringAddress: String { "127.0.0.1:\(places.unanswering)" }
    /// "localhost" is ::1 and 127.0.0.1; packets to one of them get lost: to this one, and to that one. None
    /// where there is no IPv6.
    var halfUnanswering: [String] { places.halfUnanswering.map { "http://localhost:\($0)" } }
    /// Accepts connections and says nothing.
    var silentAddress: String { "127.0.0.1:\(places.silent)" }
    /// Nothing listens there.
    var closedAddress: String { "127.0.0.1:\(places.closed)" }

    /// A path that no other test uses.
    static func uniquePath(_ route: String) -> String {
        "/\(route)/\(UUID().uuidString)"
    }

    func counts() async throws -> Counts {
        let transport = CurlTransport()
        let response = try await transport.send(HTTPRequest(url: http + "/counts"))
        await transport.shutdown()
        return try JSONDecoder().decode(Counts.self, from: Data(response.body))
    }

    /// Returns once the server has got that many requests for the path.
    func hasGot(_ count: Int, of path: String) async throws {
        try await eventually("\(count) requests for \(path)") {
            try await self.counts().requests[path, default: 0] >= count
        }
    }
}

/// Waits for a condition, for a minute at most: far longer than anything here takes on a busy machine.
func eventually(_ what: Comment, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !condition() {
        try #require(ContinuousClock.now < deadline, what)
        await Task.yield()
    }
}

extension Transport {
    /// The error that a request ends with.
    func failure(_ request: HTTPRequest) async throws -> TransportError {
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await send(request)
        } catch {
            return error
        }
        return try #require(nil as TransportError?, "got an answer: \(response.status)")
    }

    func echo(_ request: HTTPRequest) async throws -> TestServer.Echo {
        let response = try await send(request)
        return try JSONDecoder().decode(TestServer.Echo.self, from: Data(response.body))
    }
}
