import Foundation
import HTTPTransport
import Testing

@Suite("On the wire")
struct WireTests {
    let transport = CurlTransport()
    let server: TestServer

    init() throws {
        server = try .shared
    }

    static let targets = [
        "/echo", "/echo/a/../b//c/./d", "/echo/%7euser/%2F/%e2%82%ac?x=%20&b&a=", "/echo?", "/echo??a?b",
        "/echo/!$&'()*+,;=:@-._~", "/echo/%zz/%", "/echo/[x]{y}|z^`\"<>\\", "/echo?a=b/../c&x=/./y",
    ]

    @Test("what was asked for last is no part of what is asked for next")
    func nextTarget() async throws {
        for target in Self.targets + Self.targets.reversed() {
            #expect(try await transport.echo(HTTPRequest(url: server.http + target)).target == target)
        }
    }

    @Test("path and query arrive byte for byte", arguments: targets)
    func exactTarget(target: String) async throws {
        #expect(try await transport.echo(HTTPRequest(url: server.http + target)).target == target)
    }

    @Test("an empty path is a slash")
    func emptyPath() async throws {
        // The server knows no "/": what matters is that it was asked for.
        #expect(try await transport.send(HTTPRequest(url: server.http)).status == 404)
        #expect(try await transport.send(HTTPRequest(url: server.http + "?a")).status == 404)
        #expect(try await server.counts().requests["/", default: 0] >= 2)
    }

    @Test(
        "nothing is added but Host, Content-Length and User-Agent",
        arguments: ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"], [0, 5, 1_500_000])
    func nothingAdded(method: String, bodyBytes: Int) async throws {
        let body = [UInt8](repeating: 7, count: bodyBytes)
        let request = HTTPRequest(
            method: method, url: server.http + "/echo", headers: [HTTPHeader("X-Mine", "1")], body: body)
        let echo = try await transport.echo(request)
        let hasLength = bodyBytes > 0 || ["POST", "PUT", "PATCH"].contains(method)
        let expected = ["Host", "User-Agent", "X-Mine"] + (hasLength ? ["Content-Length"] : [])
        #expect(echo.headerNames.sorted() == expected.sorted())
        #expect(echo.method == method)
        #expect(echo.body == Data(body))
        #expect(echo.header("Content-Length") == (hasLength ? String(bodyBytes) : nil))
    }

    @Test("the caller's own headers win, empty ones included")
    func ownHeaders() async throws {
        let request = HTTPRequest(
            method: "POST", url: server.http + "/echo",
            headers: [
                HTTPHeader("Host", "elsewhere.test"), HTTPHeader("user-agent", "mine"),
                HTTPHeader("Accept", "x/y"), HTTPHeader("content-type", "a/b"), HTTPHeader("X-Empty", ""),
                HTTPHeader("Content-Length", "2"), HTTPHeader("X-Twice", "1"), HTTPHeader("X-Twice", "2"),
                HTTPHeader("X-Text", "caf\u{e9};a=b"),
            ],
            body: Array("hi".utf8))
        let echo = try await transport.echo(request)
        #expect(
            echo.headerNames.sorted() == [
                "Accept", "Content-Length", "Host", "X-Empty", "X-Text", "X-Twice", "X-Twice", "content-type",
                "user-agent",
            ])
        #expect(echo.header("Host") == "elsewhere.test")
        #expect(echo.header("User-Agent") == "mine")
        #expect(echo.header("X-Empty")?.isEmpty == true)
    }

    @Test("HEAD gives the header, whatever length the body would have")
    func head() async throws {
        let response = try await transport.send(
            HTTPRequest(method: "HEAD", url: server.http + "/bytes/1000", maxResponseBytes: 10))
        #expect(response.status == 200)
        #expect(response.headers.first("content-length") == "1000")
        #expect(response.body.isEmpty)
    }

    @Test("every status is an answer", arguments: [200, 204, 301, 304, 400, 403, 404, 429, 500, 503])
    func everyStatus(status: Int) async throws {
        #expect(
            try await transport.send(HTTPRequest(url: server.http + "/status/\(status)")).status == status)
    }

    @Test("a redirect is not followed")
    func redirect() async throws {
        let response = try await transport.send(HTTPRequest(url: server.http + "/redirect"))
        #expect(response.status == 302)
        #expect(response.headers.first("Location") == "/echo")
    }

    @Test("the answer's headers are those of the final answer")
    func finalHeaders() async throws {
        let early = try await transport.send(HTTPRequest(url: server.http + "/early"))
        #expect(early.status == 200)
        #expect(early.headers.map(\.name) == ["Content-Length"])
        #expect(early.body == Array("final".utf8))

        let trailed = try await transport.send(HTTPRequest(url: server.http + "/bytes/200000/chunked"))
        #expect(trailed.body.count == 200_000)
        #expect(!trailed.headers.contains("X-Late"))

        let many = try await transport.send(HTTPRequest(url: server.http + "/headers/2000"))
        #expect(many.headers.all("X-Twice") == ["one", "two"])
        #expect(many.headers.first("X-Empty")?.isEmpty == true)
    }

    @Test("a connection is used again")
    func keepAlive() async throws {
        var connections: Set<Int> = []
        for _ in 0..<10 {
            connections.insert(try await transport.echo(HTTPRequest(url: server.http + "/echo")).connection)
        }
        #expect(connections.count == 1)
    }

    @Test("a probe has a connection of its own")
    func freshConnection() async throws {
        var connections: Set<Int> = []
        for _ in 0..<5 {
            let request = HTTPRequest(url: server.http + "/echo", usesFreshConnection: true)
            connections.insert(try await transport.echo(request).connection)
        }
        #expect(connections.count == 5)
    }

    @Test("a Unix socket stands in for the host")
    func unixSocket() async throws {
        let request = HTTPRequest(url: "http://local.test/echo", unixSocketPath: server.unixSocketPath)
        #expect(try await transport.echo(request).header("Host") == "local.test")
        let missing = HTTPRequest(url: "http://local.test/", unixSocketPath: server.unixSocketPath + "x")
        #expect(try await transport.failure(missing).kind == .connectionRefused)
    }

    @Test("connectTo changes whom to dial and nothing else")
    func connectTo() async throws {
        let request = HTTPRequest(url: "http://db.example.test/echo", connectTo: server.httpAddress)
        #expect(try await transport.echo(request).header("Host") == "db.example.test")
    }
}
