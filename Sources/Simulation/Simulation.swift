import Failover

/// The real decision machine, controller, executor, AWS client and journal in a world that goes wrong, in
/// virtual time.
public enum Simulation {
    /// Runs one seed to its end on a thread of its own, and waits for it. Safe to call from several threads:
    /// runs share nothing.
    public static func run(seed: Seed, options: SimulationOptions = SimulationOptions()) -> RunReport {
        VirtualTime.begin(at: World.start) { time in
            World(seed: seed, options: options, time: time).run()
        }
    }

    /// One story: the same with who is there, and the only things that go wrong, chosen by the caller.
    static func run(seed: Seed, layout: Layout, faults: [Fault]) -> RunReport {
        VirtualTime.begin(at: World.start) { time in
            World(
                seed: seed, layout: layout, schedule: Schedule(faults, for: layout, start: World.start),
                time: time
            ).run()
        }
    }

    /// What `options` leave out that the seed does not have: most likely a slip of the pen.
    public static func strangers(in options: SimulationOptions, seed: Seed) -> [String] {
        let layout = Layout.drawn(from: seed)
        let faults = Schedule.drawn(from: seed, for: layout, start: World.start).faults.map(\.index)
        return options.mask.subtracting(faults).sorted().map { "fault \($0)" }
            + options.without.subtracting(layout.cast).sorted()
    }
}
