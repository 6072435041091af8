import Controller
import Failover
import Journal
import Testing

/// How most stories of several hosts begin.
extension Hosts {
    /// A host that holds the lease.
    func leader(
        _ name: String, through lease: (any LeaseStore)? = nil, writing journal: (any FencedJournal)? = nil,
        seeing eyes: (any Eyes)? = nil, inheriting past: (any JournalStore)? = nil
    ) async throws -> Host {
        let host = try await host(name, through: lease, writing: journal, seeing: eyes, inheriting: past)
        try await pass(.seconds(20)) { await host.leads }
        return host
    }

    /// Has the host fail over, and stops it where it is about to promote, until `hands.letGo()`.
    func holdPromotion(of host: Host) async throws {
        host.hands.hold("promote")
        let reply = await host.controller.request(ControllerTests.request, for: "orders")
        #expect(reply == ControllerTests.accepted)
        try await pass(.seconds(10)) { host.hands.isHolding }
        #expect(host.hands.isHolding)
    }
}
