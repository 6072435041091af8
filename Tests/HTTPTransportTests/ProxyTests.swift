import HTTPTransport
import Testing

@Suite("A proxy")
struct ProxyTests {
    let server: TestServer

    init() throws {
        server = try .shared
    }

    private func transport(_ proxy: ProxySetting) -> CurlTransport {
        CurlTransport(configuration: .init(caBundlePath: server.caBundlePath, proxy: proxy))
    }

    @Test("is asked for http URLs")
    func plain() async throws {
        let response = try await transport(.url(server.proxy)).send(
            HTTPRequest(url: "http://far.test/a/../b?c"))
        #expect(String(decoding: response.body, as: UTF8.self) == "by proxy: http://far.test/a/../b?c")
    }

    @Test("tunnels https URLs, and the far end's certificate is checked")
    func tunnel() async throws {
        let before = try await server.counts().requests["CONNECT", default: 0]
        let response = try await transport(.url(server.proxy)).send(HTTPRequest(url: server.https + "/echo"))
        #expect(response.status == 200)
        #expect(!response.headers.contains("X-From-Proxy"))
        #expect(try await server.counts().requests["CONNECT", default: 0] > before)
        let expired = HTTPRequest(url: server.httpsExpired + "/echo")
        #expect(try await transport(.url(server.proxy)).failure(expired).kind == .tlsFailed)
    }

    @Test("that says no ends the request before anything is sent")
    func refusal() async throws {
        let error = try await transport(.url(server.proxy)).failure(
            HTTPRequest(url: "https://forbidden.test/"))
        #expect(error.kind == .other)
        #expect(!error.mayHaveReachedServer)
        #expect(error.detail.contains("403"))
    }

    @Test("of the environment is chosen by scheme, and left out for the hosts it names")
    func environment() async throws {
        let forHTTP = transport(.environment(.init(http: server.proxy)))
        let proxied = try await forHTTP.send(HTTPRequest(url: "http://far.test/"))
        #expect(String(decoding: proxied.body, as: UTF8.self) == "by proxy: http://far.test/")
        let direct = try await forHTTP.send(HTTPRequest(url: server.https + "/status/418"))
        #expect(direct.status == 418)
        let excepted = transport(.environment(.init(http: server.proxy, noProxy: "127.0.0.1")))
        #expect(try await excepted.send(HTTPRequest(url: server.http + "/status/418")).status == 418)
    }

    @Test("is not used for a Unix socket")
    func unixSocket() async throws {
        let request = HTTPRequest(url: "http://local.test/echo", unixSocketPath: server.unixSocketPath)
        #expect(try await transport(.url(server.proxy)).echo(request).header("Host") == "local.test")
    }

    @Test("that nobody listens at is a refused connection")
    func closed() async throws {
        let transport = transport(.url("http://\(server.closedAddress)"))
        #expect(try await transport.failure(HTTPRequest(url: server.https)).kind == .connectionRefused)
    }
}
