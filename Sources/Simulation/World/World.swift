import Failover

/// One run's world and everything in it.
final class World {
    /// 2026-01-01T00:00:00Z; any would do.
    static let start = Timestamp(milliseconds: 1_767_225_600_000)

    let seed: Seed
    let options: SimulationOptions
    let time: VirtualTime
    let trace: Trace
    private let judges: [any Judge]

    init(seed: Seed, options: SimulationOptions, judges: [any Judge], time: VirtualTime) {
        self.seed = seed
        self.options = options
        self.judges = judges
        self.time = time
        trace = Trace(time)
        trace.listener = { [unowned self] happening in
            for judge in judges { judge.saw(happening, in: self) }
        }
    }

    func run() -> RunReport {
        for judge in judges { judge.begins(self) }
        time.run(until: Self.start + .seconds(3600))
        var statistics = RunReport.Statistics()
        statistics.simulated = time.now - Self.start
        statistics.jobs = time.jobsRun
        statistics.timers = time.timersFired
        return RunReport(
            seed: seed.value, layout: [], faults: [], happenings: trace.happenings,
            violations: judges.flatMap { $0.verdict(self) }, statistics: statistics)
    }
}
