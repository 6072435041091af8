import Failover
import Journal
import Testing

@testable import Simulation

@Suite struct ShelfTests {
    private static let terms = LeaseTerms(ttl: .seconds(15), margin: .seconds(3))

    /// `h1` takes the lease at the start, and `h2` takes it after so many seconds. What the trace says of it.
    private func predecessor(after seconds: Int, meanwhile: @escaping (Life) -> Void = { _ in })
        -> Happening.Predecessor?
    {
        VirtualTime.begin(at: World.start) { time in
            let world = World(seed: Seed(1), options: SimulationOptions(), time: time)
            let shelf = Shelf(world.trace)
            let lives = ["h1", "h2"].map { Life(host: HostID($0), time: time) }
            let stores = lives.map { life in
                RemoteStore(
                    shelf, of: world, life: life,
                    clock: HostClock(life: life, origin: World.start, driftPPM: 0), terms: Self.terms)
            }
            func take(_ number: Int, _ epoch: Int) {
                let record = LeaseRecord(
                    holder: "h\(number + 1)", instance: "\(number)", epoch: epoch, beat: 1,
                    ttl: Self.terms.ttl, renewedAt: World.start)
                Task { _ = try? await stores[number].replace(shelf.lease, with: record) }
            }
            take(0, 1)
            time.after(.seconds(1)) { meanwhile(lives[0]) }
            time.after(.seconds(Int64(seconds))) { take(1, 2) }
            time.run(until: World.start + .seconds(60))
            let changes = world.trace.happenings.compactMap { happening -> Happening.Predecessor? in
                if case .lease(_, 2, let before) = happening.kind { before } else { nil }
            }
            return changes.first
        }
    }

    @Test func aChangeOfTheLeaseSaysUntilWhenTheOneBeforeMayAct() {
        let expected = Happening.Predecessor("h1", mayActUntil: World.start + .seconds(12))
        #expect(predecessor(after: 5) == expected)
        #expect(predecessor(after: 30) == expected)
    }

    @Test func aDeadProcessActsNoMore() {
        #expect(predecessor(after: 5) { $0.end() } == nil)
    }
}
