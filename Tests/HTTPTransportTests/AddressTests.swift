import Testing

@testable import HTTPTransport

/// libcurl itself knows the addresses of "localhost": no resolver has a say in these tests.
@Suite("Names and their addresses")
struct AddressTests {
    let server: TestServer

    init() throws {
        server = try .shared
    }

    @Test("an address that does not answer does not keep the next one from being tried")
    func happyEyeballs() async throws {
        // Whichever address libcurl tries first: it is the silent one of one of the two. Without the other
        // address that ends with `connectTimeout`, however fast the machine is.
        for url in server.halfUnanswering {
            let request = HTTPRequest(
                url: url + "/echo", timeouts: Timeouts(connect: .seconds(20), total: .seconds(30)),
                usesFreshConnection: true)
            #expect(try await CurlTransport().send(request).status == 200)
        }
    }

    @Test("what a name stands for is looked up anew after its addresses have failed, and remembered else")
    func newLookup() async throws {
        let lookups = Lookups()
        var configuration = CurlTransport.Configuration()
        configuration.lookups = lookups
        let transport = CurlTransport(configuration: configuration)
        let port = try #require(server.closedAddress.split(separator: ":").last)
        let closed = HTTPRequest(url: "http://localhost:\(port)/")
        // Gets a new connection each time.
        let open = HTTPRequest(method: "POST", url: server.http + "/echo")

        for _ in 0..<3 { #expect(try await transport.send(open).status == 200) }
        #expect(lookups.count == 1)
        for expected in 2...4 {
            #expect(try await transport.failure(closed).kind == .connectionRefused)
            #expect(lookups.count == expected)
        }
    }
}
