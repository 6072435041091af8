import Failover
import Foundation
import Journal
import Testing

@testable import Controller

/// A host that cannot make use of the lease leaves it to others, and gives it back in time.
@Suite(.timeLimit(.minutes(2)), .serialized) struct HandoverTests {
    @Test(arguments: [TroubledJournal.Trouble.cut, .readOnly])
    func `A leader whose journal takes nothing for two ttls leaves the lease to the next host`(
        trouble: TroubledJournal.Trouble
    ) {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = TroubledJournal(hosts.journal)
            let first = try await hosts.leader("a", writing: way)
            let second = try await hosts.host("b")
            defer { [first, second].forEach { $0.end() } }
            try await hosts.pass(.seconds(20))
            way.trouble.change { $0 = trouble }
            guard case .refused = await first.controller.request(ControllerTests.request, for: "orders")
            else {
                Issue.record("accepted without a journal")
                return
            }
            let before = time.now
            try await hosts.pass(.seconds(25)) { await second.leads }
            #expect(await !second.leads, "a moment is no reason")
            try await hosts.pass(.seconds(60)) { await second.leads }
            #expect(time.now - before < .seconds(45))
            #expect(first.log.problems.value.contains { $0.contains("the lease is given up") })
            // It does not come back for it.
            try await hosts.pass(.seconds(120)) { await first.leads }
            #expect(await second.leads)
            #expect(hosts.store.record?.epoch == 2)
        }
    }

    @Test func `A host that never could read the journal watches, says so, and leads once it can`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = TroubledJournal(hosts.journal)
            way.trouble.change { $0 = .cut }
            let first = try await hosts.host("a", writing: way)
            defer { first.end() }
            try await hosts.pass(.seconds(60)) { await first.leads }
            #expect(await !first.leads)
            #expect(hosts.store.record == nil)
            #expect(await first.controller.journalFault?.contains("cannot be reached") == true)
            #expect(first.log.problems.value.filter { $0.contains("cannot be reached") }.count == 1)
            #expect(await first.controller.fatalFault == nil)
            way.trouble.change { $0 = .none }
            try await hosts.pass(.seconds(30)) { await first.leads }
            #expect(await first.leads)
            #expect(await first.controller.journalFault == nil)
        }
    }

    @Test func `One call for the lease that hangs for good does not cost it`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = HungStore(hosts.store)
            let first = try await hosts.leader("a", through: way)
            defer { first.end() }
            for hang in [HungStore.Hang.before, .after] {
                way.hang.change { $0 = hang }
                for _ in 0..<40 {
                    try await hosts.pass(.seconds(1))
                    #expect(await first.leads)
                }
                #expect(way.isHanging)
                way.letGo()
            }
            #expect(hosts.store.record?.epoch == 1)
        }
    }

    @Test func `What hangs about the lease is stepped over when a host ends, and the lease is given back`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = HungStore(hosts.store)
            let first = try await hosts.leader("a", through: way)
            defer { first.end() }
            way.hang.change { $0 = .after }
            try await hosts.pass(.seconds(20)) { way.isHanging }
            await first.controller.stop(reason: "an upgrade", patience: .seconds(1))
            #expect(hosts.store.record?.isReleased == true)
            way.letGo()
            // Nor does its loop take it again.
            try await hosts.pass(.seconds(30))
            #expect(hosts.store.record?.isReleased == true)
        }
    }

    @Test func `A journal that hangs does not keep a host from giving back the lease`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = TroubledJournal(hosts.journal)
            let first = try await hosts.leader("a", writing: way)
            defer { first.end() }
            way.trouble.change { $0 = .stuck }
            let before = time.now
            await first.controller.stop(reason: "an upgrade", patience: .seconds(1))
            #expect(time.now - before < .seconds(8))
            #expect(hosts.store.record?.isReleased == true)
            way.letGo()
        }
    }

    @Test func `A step that does not end holds up no stop, and the lease is not given away beside it`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let first = try await hosts.leader("a")
            defer { first.end() }
            try await hosts.holdPromotion(of: first)
            let before = time.now
            await first.controller.stop(reason: "an upgrade", patience: .seconds(10))
            #expect(time.now - before < .seconds(15))
            #expect(hosts.store.record?.isReleased == false)
            first.hands.letGo()
        }
    }

    @Test func `A result that could not be recorded before its term ended is not kept for the next one`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = TroubledJournal(hosts.journal)
            let store = CutStore(hosts.store)
            let first = try await hosts.leader("a", through: store, writing: way)
            defer { first.end() }
            try await hosts.holdPromotion(of: first)
            way.trouble.change { $0 = .stuck }
            first.hands.letGo()
            try await hosts.pass(.seconds(5)) { way.isStuck }
            store.isCut.change { $0 = true }
            try await hosts.pass(.seconds(30)) { await !first.leads }
            #expect(await !first.leads)
            way.cutOff()
            try await hosts.pass(.seconds(1))
            #expect(await first.controller.unrecorded.isEmpty)
        }
    }

    @Test func `What a host wrote while it was alone counts for all, from the first term on`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let own = MemoryJournal()
            let hold = Hold(by: "ana", reason: "the audit", since: time.now)
            _ = try own.append([
                Record(
                    at: time.now, workload: "orders", epoch: 0, rule: nil, event: .holdPlaced(hold: hold))
            ])
            let first = try await hosts.leader("a", inheriting: own)
            let second = try await hosts.host("b")
            defer { [first, second].forEach { $0.end() } }
            try await hosts.pass(.seconds(12))
            for host in [first, second] {
                #expect(await host.controller.views().first?.hold == hold)
            }
            let reply = await first.controller.request(ControllerTests.request, for: "orders")
            guard case .refused(let message) = reply else {
                Issue.record("a hold of before was forgotten: \(reply)")
                return
            }
            #expect(message.contains("the audit"))
        }
    }

    @Test func `From the promotion on nothing is written on the old primary, nor by who cannot know`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = TroubledJournal(hosts.journal)
            way.trouble.change { $0 = .cut }
            let blind = try await hosts.host("blind", writing: way)
            #expect(await blind.controller.movedWorkloads() == ["orders"])
            blind.end()
            let first = try await hosts.leader("a")
            defer { first.end() }
            #expect(await first.controller.movedWorkloads().isEmpty)
            try await hosts.holdPromotion(of: first)
            #expect(await first.controller.movedWorkloads() == ["orders"])
            first.hands.letGo()
            try await hosts.pass(.seconds(30)) { await first.phase() == .failedOver }
            #expect(await first.controller.movedWorkloads() == ["orders"])
        }
    }
}
