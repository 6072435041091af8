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
}
