import Failover
import Testing

@testable import Observers

@Suite struct `The probe of a writer` {
    @Test("INV3: an endpoint that config.yaml does not name any more proves nothing, though its port answers")
    func anEndpointOfBefore() async throws {
        let server = try #require(LoopbackServer(.answering([UInt8(ascii: "S")])))
        let endpoint = Endpoint(host: "127.0.0.1", port: server.port)
        let named = WriterProbe(
            Probe(context: .test()), of: [.test("shop", Database.rds("orders").at(endpoint))])
        #expect(await named.once(endpoint).value?.answered == true)
        #expect(await named.through("localhost", to: endpoint, writing: true) == nil, "without sql")
        let corrected = WriterProbe(Probe(context: .test()), of: [.test("shop", Database.rds("orders"))])
        #expect(await corrected.once(endpoint).unknownReason == .missing)
        let through = await corrected.through("localhost", to: endpoint, writing: true)
        #expect(through?.unknownReason == .missing, "DNS alone is no proof of it")
    }
}
