import Failover
import Testing

@testable import Journal

/// One host's side of the lease, by the clock of that host alone.
@Suite struct LeaseKeeperTests {
    let store = MemoryLeaseStore()
    var now = Timestamp.noon

    /// Time passes second by second, and every host does what it has to.
    private mutating func run(_ seconds: Int, _ hosts: inout [LeaseHost]) throws {
        for _ in 0..<seconds {
            for index in hosts.indices { try hosts[index].act(at: now, on: store) }
            now = now + .seconds(1)
        }
    }

    @Test mutating func `The first one takes it, keeps it for hours, and stays in its epoch`() throws {
        var hosts = [LeaseHost("a"), LeaseHost("b")]
        try run(1, &hosts)
        for _ in 0..<3600 {
            try run(2, &hosts)
            #expect(hosts.map { $0.leads(at: now) } == [true, false])
        }
        #expect(store.record?.epoch == 1)
        #expect(hosts[1].keeper.view(at: now).holder == "a")
        #expect(hosts[1].keeper.view(at: now).validUntil == nil)
        #expect(
            hosts[1].keeper.view(at: now + .seconds(60)).holder == "", "nobody has heard of it for a minute")
    }

    @Test mutating func `It is renewed three times before it runs out`() throws {
        var hosts = [LeaseHost("a")]
        try run(151, &hosts)
        #expect(store.record?.beat == 31)
    }

    @Test mutating func `A dead leader's lease is taken after its ttl and a margin, under the next epoch`()
        throws
    {
        var hosts = [LeaseHost("a"), LeaseHost("b")]
        try run(61, &hosts)
        var survivors = [hosts[1]]
        let lastRenewal = try #require(store.record?.renewedAt)
        while store.record?.holder == "a", now < lastRenewal + .seconds(60) {
            #expect(survivors.allSatisfy { !$0.leads(at: now) })
            try run(1, &survivors)
        }
        #expect(store.record?.holder == "b")
        #expect(store.record?.epoch == 2)
        #expect(store.record?.beat == 14)
        // First seen up to a renewal's interval later, then 15 s and 3 s.
        #expect(now - lastRenewal >= .seconds(18))
        #expect(now - lastRenewal <= .seconds(18 + 5 + 1))
        #expect(!hosts[0].leads(at: now))
    }

    @Test mutating func `H2: after a pause past its end the lease is not ours, whatever the store says`()
        throws
    {
        var hosts = [LeaseHost("a")]
        try run(10, &hosts)
        now = now + .seconds(60)
        #expect(!hosts[0].leads(at: now))
        try run(1, &hosts)
        #expect(hosts[0].leads(at: now))
        // Nobody else had it, but what was under way under the old epoch is fenced off all the same.
        #expect(store.record?.epoch == 2)
    }

    @Test mutating func `H2: who wakes up after another one took over finds that out and stays back`() throws
    {
        var hosts = [LeaseHost("a"), LeaseHost("b")]
        try run(10, &hosts)
        var awake = [hosts[1]]
        try run(60, &awake)
        #expect(awake[0].leads(at: now))
        #expect(!hosts[0].leads(at: now))
        hosts[1] = awake[0]
        for _ in 0..<100 {
            try run(1, &hosts)
            #expect(hosts.map { $0.leads(at: now) } == [false, true])
        }
        #expect(store.record?.epoch == 2)
    }

    @Test(arguments: [-600, -120, -16, 16, 120, 600])
    mutating func `H5: whatever the other one's wall clock says, a renewing lease is not stolen`(skew: Int)
        throws
    {
        var hosts = [LeaseHost("a"), LeaseHost("b", skew: .seconds(skew))]
        try run(1, &hosts)
        for _ in 0..<600 {
            try run(1, &hosts)
            #expect(hosts.map { $0.leads(at: now) } == [true, false])
        }
        // And a dead one's is, no later than by a clock that is right.
        var survivors = [hosts[1]]
        try run(25, &survivors)
        #expect(survivors[0].leads(at: now))
    }

    @Test mutating func `H3: a store that does not answer ends the right to act, and nobody takes over`()
        throws
    {
        var host = LeaseHost("a")
        try host.act(at: now, on: store)
        #expect(host.leads(at: now))
        for _ in 0..<11 {
            now = now + .seconds(1)
            if case .wait = host.keeper.move(at: now) { continue }
            host.keeper.heardNothing(at: now)
            #expect(host.leads(at: now))
        }
        now = now + .seconds(1)
        #expect(!host.leads(at: now))
    }

    @Test
    mutating func `A renewal without an answer is found in the store, and counts from when it was sent`()
        throws
    {
        var host = LeaseHost("a")
        try host.act(at: now, on: store)
        now = now + .seconds(5)
        guard case .replace(let expected, let next) = host.keeper.move(at: now) else {
            Issue.record("no renewal")
            return
        }
        let sentAt = now
        host.keeper.sent(next, at: now)
        #expect(try store.replace(expected, with: next))
        now = now + .seconds(5)
        host.keeper.heardNothing(at: now)
        now = now + .seconds(2)
        #expect(host.keeper.move(at: now) == .read)
        host.keeper.saw(store.record, at: now)
        #expect(host.keeper.view(at: now).validUntil == sentAt + .seconds(12))
    }

    @Test mutating func `A renewal that comes late prolongs nothing, and does not cost us the lease`() throws
    {
        var host = LeaseHost("a")
        try host.act(at: now, on: store)
        now = now + .seconds(5)
        guard case .replace(let first, let late) = host.keeper.move(at: now) else {
            Issue.record("no renewal")
            return
        }
        host.keeper.sent(late, at: now)
        now = now + .seconds(2)
        host.keeper.heardNothing(at: now)
        now = now + .seconds(2)
        host.keeper.saw(store.record, at: now)
        // The next renewal is on its way when the late one arrives.
        guard case .replace(let second, let next) = host.keeper.move(at: now) else {
            Issue.record("no second renewal")
            return
        }
        host.keeper.sent(next, at: now)
        #expect(try store.replace(first, with: late))
        host.keeper.heard(try store.replace(second, with: next), at: now)
        #expect(host.leads(at: now))
        #expect(host.keeper.view(at: now).validUntil == .noon + .seconds(12))
        try host.act(at: now, on: store)
        #expect(host.leads(at: now))
        #expect(store.record?.epoch == 1)
    }

    @Test mutating func `A lease that is given back is taken at once`() throws {
        var hosts = [LeaseHost("a"), LeaseHost("b")]
        try run(20, &hosts)
        guard case .replace(let expected, let next) = hosts[0].keeper.release(at: now) else {
            Issue.record("nothing to give back")
            return
        }
        hosts[0].keeper.sent(next, at: now)
        hosts[0].keeper.heard(try store.replace(expected, with: next), at: now)
        #expect(!hosts[0].leads(at: now))
        var awake = [hosts[1]]
        try run(6, &awake)
        #expect(awake[0].leads(at: now))
        #expect(store.record?.epoch == 2)
    }

    @Test mutating func `Two processes that were given one name are not one`() throws {
        var first = LeaseHost("a")
        var second = LeaseHost("a")
        second.keeper = LeaseKeeper(holder: "a", instance: "another", terms: LeaseTerms())
        try first.act(at: now, on: store)
        try second.act(at: now, on: store)
        #expect(first.leads(at: now) && !second.leads(at: now))
    }

    @Test mutating func `What is given up is acquired anew, under the next epoch`() throws {
        var hosts = [LeaseHost("a"), LeaseHost("b")]
        try run(3, &hosts)
        hosts[0].keeper.giveUp()
        #expect(!hosts[0].leads(at: now))
        try run(1, &hosts)
        #expect(hosts[0].leads(at: now))
        #expect(store.record?.epoch == 2)
    }

    @Test mutating func `What is given up stays so, though a renewal of it is heard of afterwards`() throws {
        var hosts = [LeaseHost("a")]
        try run(3, &hosts)
        let later = now + .seconds(6)
        guard case .replace(let expected, let next) = hosts[0].keeper.move(at: later) else {
            Issue.record("nothing to renew")
            return
        }
        hosts[0].keeper.sent(next, at: later)
        hosts[0].keeper.giveUp()
        hosts[0].keeper.heard(try store.replace(expected, with: next), at: later)
        #expect(!hosts[0].leads(at: later))
        try hosts[0].act(at: later, on: store)
        #expect(hosts[0].leads(at: later))
        #expect(store.record?.epoch == 2)
    }
}
