import Controller
import Failover
import Foundation
import Journal
import Testing

/// Several hosts, one of which may act.
@Suite(.timeLimit(.minutes(2)), .serialized) struct LeaseTests {
    private static let steps = ["promote", "await-writer", "move-record", "confirm-traffic"]

    @Test func `H1: of two hosts that are asked at once one fails over, and the other watches it do so`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let (first, second) = (try await hosts.host("a"), try await hosts.host("b"))
            defer { [first, second].forEach { $0.end() } }
            try await hosts.pass(.seconds(20))
            async let here = first.controller.request(ControllerTests.request, for: "orders")
            async let there = second.controller.request(ControllerTests.request, for: "orders")
            let accepted = [await here, await there].filter { $0 == ControllerTests.accepted }
            #expect(accepted.count == 1)
            try await hosts.pass(.seconds(60)) {
                let (here, there) = (await first.phase(), await second.phase())
                return here == .failedOver && there == .failedOver
            }
            #expect(hosts.mutations.value.map(\.step) == Self.steps)
            #expect(Set(hosts.mutations.value.map(\.host)).count == 1)
            #expect(hosts.store.record?.epoch == 1)
            #expect(await first.phase() == .failedOver)
            #expect(await second.phase() == .failedOver)
        }
    }

    @Test func `A host that does not lead refuses what people ask, and says who does`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let first = try await hosts.leader("a")
            let second = try await hosts.host("b")
            defer { [first, second].forEach { $0.end() } }
            try await hosts.pass(.seconds(20))
            #expect(await first.leads)
            #expect(await !second.leads)
            let reply = await second.controller.request(ControllerTests.request, for: "orders")
            guard case .refused(let message) = reply else {
                Issue.record("accepted by a host that may not act")
                return
            }
            #expect(message.contains("held by a"))
            #expect(await second.controller.leaseView()?.holder == "a")
            #expect(hosts.mutations.value.isEmpty)
        }
    }

    @Test func `H2: paused past its lease in the middle of a failover, a host does nothing when it goes on`()
    {
        StillTime.run { time in
            let hosts = Hosts(time)
            let first = try await hosts.leader("a")
            let second = try await hosts.host("b")
            defer { [first, second].forEach { $0.end() } }
            try await hosts.pass(.seconds(20))
            try await hosts.holdPromotion(of: first)

            first.clock.pause()
            try await hosts.pass(.seconds(60)) { await second.phase() == .failedOver }
            #expect(await second.phase() == .failedOver)
            #expect(hosts.mutations.value == Self.steps.map { Hosts.Mutation(host: "b", step: $0) })

            // Its runner was about to promote; now it does.
            first.hands.letGo()
            first.clock.goOn()
            try await hosts.pass(.seconds(60))
            #expect(hosts.mutations.value.allSatisfy { $0.host == "b" })
            #expect(hosts.mutations.value.count == Self.steps.count)
            #expect(await !first.leads)
            #expect(await first.phase() == .failedOver, "it has read what the other one did")
            #expect(first.log.problems.value.contains { $0.contains("lease lost") })
        }
    }

    @Test func `H2: paused past its lease with nobody else there, a host looks before it goes on`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let first = try await hosts.leader("a")
            defer { first.end() }
            try await hosts.holdPromotion(of: first)
            first.clock.pause()
            try await hosts.pass(.seconds(60))
            #expect(await first.controller.mayAct == false)
            first.hands.letGo()
            first.clock.goOn()
            try await hosts.pass(.seconds(60)) { await first.phase() == .failedOver }
            #expect(await first.phase() == .failedOver)
            #expect(hosts.store.record?.epoch == 2)
            // The order of the first term came to nothing; the second one's is in doubt.
            #expect(hosts.mutations.value.filter { $0.step == "promote" }.count == 1)
            let attempts = try hosts.journal.latest(workload: "orders", limit: 1000).compactMap {
                entry -> Int? in
                guard case .stepStarted(let step, let attempt) = entry.record.event,
                    step.rawValue.contains("promote")
                else { return nil }
                return attempt
            }
            #expect(attempts == [1, 2])
        }
    }

    @Test func `H3: without the lease's store nobody acts, and once it answers again the work goes on`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = CutStore(hosts.store)
            let first = try await hosts.leader("a", through: way)
            defer { first.end() }
            try await hosts.holdPromotion(of: first)
            way.isCut.change { $0 = true }
            try await hosts.pass(.seconds(30)) { await !first.leads }
            #expect(await !first.leads)
            first.hands.letGo()
            try await hosts.pass(.seconds(120))
            #expect(hosts.mutations.value.isEmpty)
            let reply = await first.controller.request(ControllerTests.request, for: "orders")
            guard case .refused = reply else {
                Issue.record("accepted without the lease")
                return
            }
            way.isCut.change { $0 = false }
            try await hosts.pass(.seconds(60)) { await first.phase() == .failedOver }
            #expect(hosts.mutations.value.map(\.step) == Self.steps)
        }
    }

    @Test(arguments: [-600, 120, 600])
    func `H5: a clock that is minutes ahead or behind steals nothing`(skew: Int) {
        StillTime.run { time in
            let hosts = Hosts(time)
            let first = try await hosts.leader("a")
            let second = try await hosts.host("b", skew: .seconds(skew))
            defer { [first, second].forEach { $0.end() } }
            try await hosts.pass(.seconds(300)) {
                let theirs = await second.leads
                return theirs
            }
            #expect(await first.leads)
            #expect(hosts.store.record?.epoch == 1)
        }
    }

    @Test func `H9: a step that hangs delays no renewal`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let first = try await hosts.leader("a")
            defer { first.end() }
            first.hands.hold("promote")
            _ = await first.controller.request(ControllerTests.request, for: "orders")
            try await hosts.pass(.seconds(50)) { await !first.leads }
            #expect(await first.leads)
            #expect(hosts.store.record?.epoch == 1)
        }
    }

    @Test func `A host that ends in order gives the lease back, and the next one goes on at once`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let first = try await hosts.leader("a")
            let second = try await hosts.host("b")
            defer { [first, second].forEach { $0.end() } }
            try await hosts.pass(.seconds(12))
            let before = time.now
            await first.controller.stop(reason: "an upgrade", patience: .seconds(1))
            try await hosts.pass(.seconds(60)) { await second.leads }
            #expect(time.now - before < .seconds(8))
            #expect(hosts.store.record?.holder == "b")
        }
    }

    @Test func `A killed host's work is gone on with by the other one, in doubt`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let first = try await hosts.leader("a")
            let second = try await hosts.host("b")
            defer { second.end() }
            try await hosts.pass(.seconds(12))
            try await hosts.holdPromotion(of: first)
            first.end()
            first.hands.letGo()
            try await hosts.pass(.seconds(60)) { await second.phase() == .failedOver }
            #expect(hosts.mutations.value == Self.steps.map { Hosts.Mutation(host: "b", step: $0) })
        }
    }

    @Test func `H9: a look that hangs delays no renewal`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let first = try await hosts.leader("a", seeing: HungEyes())
            defer { first.end() }
            for _ in 0..<300 {
                try await hosts.pass(.seconds(1))
                #expect(await first.leads)
            }
            #expect(hosts.store.record?.epoch == 1)
        }
    }

    @Test func `H9: an append that hangs delays no renewal, but one that hangs for good ends the lease`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = TroubledJournal(hosts.journal)
            let first = try await hosts.leader("a", writing: way)
            defer { first.end() }
            let second = try await hosts.host("b")
            defer { second.end() }
            try await hosts.pass(.seconds(20))
            way.trouble.change { $0 = .stuck }
            let asked = Task { await first.controller.request(ControllerTests.request, for: "orders") }
            try await hosts.pass(.seconds(40)) { await second.leads }
            #expect(await !second.leads, "half a minute is no reason")
            try await hosts.pass(.seconds(60)) { await second.leads }
            #expect(await second.leads)
            // What was stuck is refused when it gets there: the epoch is over.
            way.letGo()
            guard case .refused(let message) = await asked.value else {
                Issue.record("accepted under an epoch that is over")
                return
            }
            #expect(message.contains("another one holds the lease"))
            try await hosts.pass(.seconds(30))
            #expect(hosts.mutations.value.isEmpty)
            #expect(await first.controller.fatalFault == nil)
            let (here, there) = (await first.phase(), await second.phase())
            #expect(here == there)
        }
    }

    @Test func `When nobody knows whether an append took place, the host reads it again under a new epoch`() {
        StillTime.run { time in
            let hosts = Hosts(time)
            let way = TroubledJournal(hosts.journal)
            let first = try await hosts.leader("a", writing: way)
            defer { first.end() }
            way.trouble.change { $0 = .answerLost }
            let reply = await first.controller.request(ControllerTests.request, for: "orders")
            guard case .inDoubt = reply else {
                Issue.record("not known whether it is written, and answered \(reply)")
                return
            }
            #expect(hosts.mutations.value.isEmpty)
            try await hosts.pass(.seconds(60)) { await first.phase() == .failedOver }
            // It was written, so it holds: the step that it began is gone on with.
            #expect(hosts.mutations.value.map(\.step) == Self.steps)
            #expect(hosts.store.record?.epoch == 2)
        }
    }
}
