import Failover
import Testing

@testable import Journal

/// Three hosts under everything that a network and a hypervisor do: of two that think they hold the lease at
/// the same moment there is never one.
@Suite struct LeaseExclusionTests {
    @Test(arguments: 0..<60)
    func `H1: never two at once, whatever is lost, late, skewed or paused`(seed: UInt64) throws {
        var world = LeaseWorld(seed: seed)
        try world.run(for: 600_000)
        #expect(world.overlaps == 0)
        #expect(world.ledMilliseconds > 0)
        #expect(world.epochs == Array(1...world.epochs.count), "an epoch was granted twice, or left out")
    }

    @Test func `H1: the scene can tell: without the waiting there would be two`() throws {
        var overlaps = 0
        for seed in 0..<20 {
            var world = LeaseWorld(
                seed: UInt64(seed), terms: LeaseTerms(ttl: .seconds(15), margin: .seconds(-9)))
            try world.run(for: 600_000)
            overlaps += world.overlaps
        }
        #expect(overlaps > 0)
    }
}

/// Hosts whose clocks are skewed and drift, whose messages are lost or late in either direction, and who are
/// paused at any moment. Times are true milliseconds; a step is 50 of them.
private struct LeaseWorld {
    struct Host {
        var keeper: LeaseKeeper
        var skew: Int64
        var driftPPM: Int64
        var pausedUntil: Int64 = 0
        /// When the store hears it, and when the answer arrives; never, for `.max`.
        var call: (move: LeaseKeeper.Move, heardAt: Int64, answeredAt: Int64, gaveUpAt: Int64)?
        var answer: Answer?
        var id = 0

        func clock(_ time: Int64) -> Timestamp {
            Timestamp(milliseconds: skew + time + time * driftPPM / 1_000_000)
        }
    }

    enum Answer {
        case record(LeaseRecord?)
        case replaced(Bool)
    }

    let store = MemoryLeaseStore()
    var hosts: [Host] = []
    var chance: UInt64
    var overlaps = 0
    var ledMilliseconds: Int64 = 0
    var epochs: [Int] = []
    /// Replacements that nobody waits for any more, and that arrive all the same.
    var strays: [(at: Int64, expected: LeaseRecord?, next: LeaseRecord)] = []

    init(seed: UInt64, terms: LeaseTerms = LeaseTerms()) {
        chance = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        for name in ["a", "b", "c"] {
            let keeper = LeaseKeeper(holder: name, instance: name, terms: terms)
            hosts.append(
                Host(
                    keeper: keeper, skew: Int64(draw(1_200_000)) - 600_000, driftPPM: Int64(draw(1000)) - 500)
            )
        }
    }

    /// SplitMix64.
    mutating func draw(_ limit: UInt64) -> UInt64 {
        chance &+= 0x9e37_79b9_7f4a_7c15
        var mixed = chance
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return (mixed ^ (mixed >> 31)) % limit
    }

    mutating func run(for end: Int64) throws {
        for time in stride(from: Int64(0), to: end, by: 50) {
            for stray in strays where stray.at <= time {
                _ = try replace(stray.expected, stray.next)
            }
            strays.removeAll { $0.at <= time }
            for index in hosts.indices { try step(index, time) }
            // A paused process does not act, but would the moment it goes on: it counts.
            let leading = hosts.count { $0.keeper.isValid(at: $0.clock(time)) }
            if leading > 1 { overlaps += 1 }
            if leading == 1 { ledMilliseconds += 50 }
        }
    }

    private mutating func replace(_ expected: LeaseRecord?, _ next: LeaseRecord) throws -> Bool {
        let before = store.record
        let isReplaced = try store.replace(expected, with: next)
        if isReplaced, before?.epoch != next.epoch { epochs.append(next.epoch) }
        return isReplaced
    }

    private mutating func step(_ index: Int, _ time: Int64) throws {
        if draw(4000) == 0 { hosts[index].pausedUntil = time + Int64(draw(90_000)) }
        if let call = hosts[index].call, call.heardAt <= time, hosts[index].answer == nil {
            switch call.move {
            case .read: hosts[index].answer = .record(store.record)
            case .replace(let expected, let next):
                hosts[index].answer = .replaced(try replace(expected, next))
            case .wait: break
            }
        }
        guard time >= hosts[index].pausedUntil else { return }
        let now = hosts[index].clock(time)
        if let call = hosts[index].call {
            if let answer = hosts[index].answer, call.answeredAt <= time {
                switch answer {
                case .record(let record): hosts[index].keeper.saw(record, at: now)
                case .replaced(let isReplaced): hosts[index].keeper.heard(isReplaced, at: now)
                }
            } else if call.gaveUpAt <= time {
                hosts[index].keeper.heardNothing(at: now)
                if hosts[index].answer == nil, call.heardAt < .max,
                    case .replace(let expected, let next) = call.move
                {
                    strays.append((call.heardAt, expected, next))
                }
            } else {
                return
            }
            hosts[index].call = nil
            hosts[index].answer = nil
        }
        let move = hosts[index].keeper.move(at: now)
        if case .wait = move { return }
        if case .replace(_, let next) = move { hosts[index].keeper.sent(next, at: now) }
        let heardAt = draw(10) == 0 ? .max : time + Int64(draw(draw(20) == 0 ? 30_000 : 200))
        let answeredAt = draw(10) == 0 || heardAt == .max ? .max : heardAt + Int64(draw(200))
        hosts[index].call = (move, heardAt, answeredAt, time + 5000)
    }
}
