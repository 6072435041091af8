import Failover

@testable import Journal

/// A host that keeps the lease, for tests that do by hand what the controller's loop does.
struct LeaseHost {
    var keeper: LeaseKeeper
    /// Of its wall clock, and so of its steady clock's first reading.
    var skew: Duration

    init(_ name: String, ttl: Duration = .seconds(15), skew: Duration = .zero) {
        keeper = LeaseKeeper(holder: name, instance: "instance-of-\(name)", terms: LeaseTerms(ttl: ttl))
        self.skew = skew
    }

    func clock(_ time: Timestamp) -> Timestamp { time + skew }

    func leads(at time: Timestamp) -> Bool { keeper.isValid(at: clock(time)) }

    /// Moves for as long as there is something to do at this moment; the store answers at once.
    mutating func act(at time: Timestamp, on store: MemoryLeaseStore) throws {
        for _ in 0..<5 {
            switch keeper.move(at: clock(time)) {
            case .wait: return
            case .read: keeper.saw(store.record, at: clock(time))
            case .replace(let expected, let next):
                keeper.sent(next, at: clock(time))
                keeper.heard(try store.replace(expected, with: next), at: clock(time))
            }
        }
    }
}

extension Timestamp {
    static let noon = Timestamp(milliseconds: 1_800_000_000_000)
}
