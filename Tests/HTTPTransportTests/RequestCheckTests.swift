import HTTPTransport
import Testing

@Suite("A request that cannot be sent as it is")
struct RequestCheckTests {
    static let refused: [(String, HTTPRequest)] = [
        ("no scheme", HTTPRequest(url: "localhost/x")),
        ("another scheme", HTTPRequest(url: "file:///etc/passwd")),
        ("no host", HTTPRequest(url: "http:///x")),
        ("a user name", HTTPRequest(url: "http://root:secret@localhost/")),
        ("a fragment", HTTPRequest(url: "http://localhost/#top")),
        ("a space", HTTPRequest(url: "http://localhost/a b")),
        ("a line end in the URL", HTTPRequest(url: "http://localhost/a\r\nX: y")),
        ("a letter outside ASCII", HTTPRequest(url: "http://localhost/\u{e4}")),
        ("a port that is none", HTTPRequest(url: "http://localhost:99999/")),
        ("CR LF in a value", HTTPRequest(url: "http://localhost/", headers: [HTTPHeader("A", "b\r\nC: d")])),
        ("LF in a value", HTTPRequest(url: "http://localhost/", headers: [HTTPHeader("A", "b\nC: d")])),
        ("NUL in a value", HTTPRequest(url: "http://localhost/", headers: [HTTPHeader("A", "b\0")])),
        ("CR LF in a name", HTTPRequest(url: "http://localhost/", headers: [HTTPHeader("A\r\nB", "c")])),
        ("a colon in a name", HTTPRequest(url: "http://localhost/", headers: [HTTPHeader("A:", "c")])),
        ("an empty name", HTTPRequest(url: "http://localhost/", headers: [HTTPHeader("", "c")])),
        ("a method with a space", HTTPRequest(method: "GET /x", url: "http://localhost/")),
        ("an empty method", HTTPRequest(method: "", url: "http://localhost/")),
        ("a HEAD request with a body", HTTPRequest(method: "HEAD", url: "http://localhost/", body: [1])),
        (
            "a wrong Content-Length",
            HTTPRequest(
                method: "POST", url: "http://localhost/", headers: [HTTPHeader("Content-Length", "2")])
        ),
        (
            "a Transfer-Encoding",
            HTTPRequest(url: "http://localhost/", headers: [HTTPHeader("Transfer-Encoding", "chunked")])
        ),
        ("a negative limit", HTTPRequest(url: "http://localhost/", maxResponseBytes: -1)),
        (
            "a Unix socket's path that is too long",
            HTTPRequest(url: "http://localhost/", unixSocketPath: String(repeating: "x", count: 108))
        ),
        ("connectTo without a port", HTTPRequest(url: "http://localhost/", connectTo: "localhost")),
        ("connectTo with more", HTTPRequest(url: "http://localhost/", connectTo: "a:1:b:2")),
    ]

    @Test("is refused before anything is sent", arguments: refused)
    func isRefused(what: String, request: HTTPRequest) async throws {
        let transport = CurlTransport()
        let error = try await transport.failure(request)
        #expect(error.kind == .badRequest, "\(what): \(error)")
        #expect(!error.mayHaveReachedServer)
        await transport.shutdown()
    }

    @Test("does not show its secrets in the error")
    func secrets() {
        let error = TransportError(
            kind: .other, url: "https://root:secret@host:1/path?X-Amz-Signature=abc#x", detail: "",
            mayHaveReachedServer: false)
        #expect(error.url == "https://host:1/path")
        #expect(!"\(error)".contains("secret"))
    }
}
