/// Metric samples carry the wall clock's time and are held against the steady clock's, which took the wall
/// clock's once. After a step of the wall clock (NTP, a resumed virtual machine) a new process has to take it
/// again.
struct ClockWatch {
    let clock: MachineClock

    /// NTP slews smaller offsets away by itself.
    static let tolerance = Duration.seconds(2)

    /// Returns how far the clocks have come apart, once that has been so for two looks in a row; throws when
    /// cancelled.
    func stepped() async throws -> Duration {
        var before = false
        while true {
            try await clock.sleep(for: .seconds(10))
            let apart = clock.stepOfWallClock()
            let isApart = apart > Self.tolerance || apart < .zero - Self.tolerance
            if isApart, before { return apart }
            before = isApart
        }
    }
}
