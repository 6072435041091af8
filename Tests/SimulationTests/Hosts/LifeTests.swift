import Failover
import Testing

@testable import Simulation

@Suite struct LifeTests {
    private static let start = Timestamp(milliseconds: 1_000_000)

    /// When a task that sleeps for 10 s came back, and whether it was cut off.
    private func sleeper(_ meanwhile: @escaping (Life, VirtualTime) -> Void) -> (Timestamp, Bool)? {
        VirtualTime.begin(at: Self.start) { time in
            let life = Life(host: "a", time: time)
            let woken = Found<(Timestamp, Bool)?>(nil)
            Task {
                do {
                    try await life.pause(for: .seconds(10))
                    woken.value = (time.now, false)
                } catch {
                    woken.value = (time.now, true)
                }
            }
            meanwhile(life, time)
            time.run(until: Self.start + .seconds(100))
            return woken.value
        }
    }

    @Test func aProcessThatIsLeftAloneWakesInTime() throws {
        let woken = try #require(sleeper { _, _ in })
        #expect(woken == (Self.start + .seconds(10), false))
    }

    @Test func aPausedProcessWakesWhenItGoesOn() throws {
        let woken = try #require(
            sleeper { life, time in
                time.after(.seconds(5)) { life.stop() }
                time.after(.seconds(60)) { life.goOn() }
            })
        #expect(woken == (Self.start + .seconds(60), false))
    }

    @Test func aProcessThatIsPausedForGoodNeverWakes() {
        #expect(sleeper { life, _ in life.stop() } == nil)
    }

    @Test func aCrashEndsEveryWait() throws {
        let woken = try #require(
            sleeper { life, time in time.after(.seconds(3)) { life.end() } })
        #expect(woken == (Self.start + .seconds(3), true))
    }

    @Test func aDeadProcessWaitsForNothing() throws {
        let woken = try #require(sleeper { life, _ in life.end() })
        #expect(woken == (Self.start, true))
    }

    /// A thread pool takes up what is ready in no order, and so does a process that goes on.
    @Test func whatWasHeldBackWakesInAnyOrder() {
        func order(_ seed: UInt64) -> [Int] {
            VirtualTime.begin(at: Self.start) { time in
                let life = Life(host: "a", time: time, order: Seed(seed).stream("waking"))
                let woken = Found<[Int]>([])
                life.stop()
                for number in 1...6 { life.whenAwake { woken.value.append(number) } }
                time.after(.seconds(1)) { life.goOn() }
                time.run(until: Self.start + .seconds(1) + Life.wakingTime)
                return woken.value
            }
        }
        let orders = (1...5).map(order)
        #expect(orders.allSatisfy { $0.sorted() == Array(1...6) })
        #expect(Set(orders).count > 1 && orders == (1...5).map(order))
    }
}
