import Failover
import Testing

@testable import Simulation

@Suite struct HostClockTests {
    private static let start = Timestamp(milliseconds: 1_000_000)

    @Test func aFastClockGainsAndASleepOnItIsShorter() {
        let (reading, woken) = VirtualTime.begin(at: Self.start) { time -> (Duration, Timestamp?) in
            let life = Life(host: "a", time: time)
            let clock = HostClock(life: life, origin: Self.start + .seconds(7), driftPPM: 1000)
            let woken = Found<Timestamp?>(nil)
            Task {
                try await clock.sleep(for: .seconds(1000))
                woken.value = time.now
            }
            time.run(until: Self.start + .seconds(2000))
            return (clock.now() - Self.start, woken.value)
        }
        #expect(reading == .seconds(2000 + 2 + 7))
        #expect(woken == Self.start + .milliseconds(999_001))
    }

    @Test(arguments: [-400, -1, 0, 1, 400] as [Int64])
    func trueTimeIsTheFirstMomentOfAReading(_ drift: Int64) {
        VirtualTime.begin(at: Self.start) { time in
            let clock = HostClock(life: Life(host: "a", time: time), origin: Self.start, driftPPM: drift)
            for second in stride(from: 0, to: 100_000, by: 997) {
                let reading = Self.start + .milliseconds(Int64(second))
                let moment = clock.trueTime(of: reading)
                #expect(clock.reading(at: moment) >= reading)
                #expect(moment == Self.start || clock.reading(at: moment - .milliseconds(1)) < reading)
            }
        }
    }
}
