import Foundation
import HTTPTransport
import Testing

@Suite("TLS")
struct TLSTests {
    let server: TestServer
    let transport: CurlTransport

    init() throws {
        server = try .shared
        transport = CurlTransport(configuration: .init(caBundlePath: server.caBundlePath))
    }

    @Test("a certificate of the configured authority is accepted")
    func good() async throws {
        #expect(try await transport.send(HTTPRequest(url: server.https + "/echo")).status == 200)
    }

    @Test("without the bundle, the same certificate is refused")
    func noBundle() async throws {
        let error = try await CurlTransport().failure(HTTPRequest(url: server.https + "/echo"))
        #expect(error.kind == .tlsFailed)
        #expect(!error.mayHaveReachedServer)
    }

    @Test("an unknown authority, another host's name and an expired certificate are refused")
    func refused() async throws {
        for url in [server.httpsByUnknownAuthority, server.httpsForSomebodyElse, server.httpsExpired] {
            let error = try await transport.failure(HTTPRequest(url: url + "/echo"))
            #expect(error.kind == .tlsFailed, "\(error)")
            #expect(!error.mayHaveReachedServer)
        }
    }

    @Test("the name that is checked is the URL's, whoever is dialled")
    func connectTo() async throws {
        let good = HTTPRequest(url: "https://db.example.test/echo", connectTo: server.httpsAddress)
        #expect(try await transport.echo(good).header("Host") == "db.example.test")
        let bad = HTTPRequest(url: "https://db.elsewhere.test/echo", connectTo: server.httpsAddress)
        #expect(try await transport.failure(bad).kind == .tlsFailed)
    }

    @Test("a bundle that is not there is said to be")
    func missingBundle() async throws {
        let transport = CurlTransport(configuration: .init(caBundlePath: server.caBundlePath + ".missing"))
        let error = try await transport.failure(HTTPRequest(url: server.https + "/echo"))
        #expect(error.kind == .tlsFailed)
        #expect(error.detail.contains(".missing"))
    }

    @Test("bodies of every size arrive whole, one after the other", arguments: [true, false])
    func bodies(mayBeRepeated: Bool) async throws {
        // Within a TLS record and over several, within what a handle keeps for the next body and beyond.
        for (number, size) in [5, 3, 20_000, 100, 8 << 10, 64 << 10, 100, 200_000, 100, 1].enumerated() {
            let body = [UInt8](repeating: UInt8(ascii: "a") + UInt8(number), count: size)
            let request = HTTPRequest(
                method: "POST", url: server.https + "/echo", body: body, isIdempotent: mayBeRepeated)
            #expect(try await transport.echo(request).body == Data(body), "\(size) bytes")
        }
    }

    @Test("a server that does not speak TLS fails the handshake")
    func notTLS() async throws {
        let error = try await transport.failure(HTTPRequest(url: "https://\(server.httpAddress)/"))
        #expect(error.kind == .tlsFailed)
        #expect(!error.mayHaveReachedServer)
    }
}
