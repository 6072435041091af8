import Failover

/// Delta debugging (Zeller and Hildebrandt 2002, ddmin): a small part of `items` for which `fails` still
/// holds, in their order. Leaving any single one of them out would make it pass.
///
/// `fails` holds for all of `items`: a precondition.
func fewest<Item>(of items: [Item], thatStill fails: ([Item]) -> Bool) -> [Item] {
    if fails([]) { return [] }
    var rest = items
    var parts = 2
    while rest.count > 1 {
        let size = (rest.count + parts - 1) / parts
        let starts = Array(stride(from: 0, to: rest.count, by: size))
        let chunks = starts.map { Array(rest[$0..<min($0 + size, rest.count)]) }
        if let chunk = chunks.first(where: fails), chunk.count < rest.count {
            (rest, parts) = (chunk, 2)
            continue
        }
        let complements = chunks.indices.lazy.map { index in
            chunks.indices.flatMap { $0 == index ? [] : chunks[$0] }
        }
        if let complement = complements.first(where: fails) {
            (rest, parts) = (complement, max(parts - 1, 2))
            continue
        }
        guard parts < rest.count else { break }
        parts = min(parts * 2, rest.count)
    }
    return rest
}

extension Simulation {
    /// What is left of a failing seed when everything that does not matter is taken away.
    public struct Shrunk: Sendable {
        public var report: RunReport
        /// Faults left out.
        public var mask: Set<Int>
        /// Hosts and workloads left out.
        public var without: Set<String>
        /// How many runs it took.
        public var runs: Int
    }

    /// Leaves faults, hosts and workloads out for as long as the run violates the same invariant. Nil when it
    /// violates none.
    public static func shrink(seed: Seed, options: SimulationOptions = SimulationOptions()) -> Shrunk? {
        shrink(seed: seed, options: options) { $0.violations.map(\.invariant) }
    }

    /// `judge`: what is wrong with a run, the first thing first.
    static func shrink(
        seed: Seed, options: SimulationOptions, judge: @escaping (RunReport) -> [String]
    ) -> Shrunk? {
        let whole = run(seed: seed, options: options)
        guard let wrong = judge(whole).first else { return nil }
        var shrinking = Shrinking(seed: seed, whole: whole, options: options) { judge($0).contains(wrong) }
        shrinking.leaveFaultsOut()
        // Fewer faults make hosts superfluous, and fewer hosts make faults so.
        if shrinking.leaveCastOut() { shrinking.leaveFaultsOut() }
        let end = shrinking.options
        return Shrunk(
            report: run(seed: seed, options: end), mask: end.mask, without: end.without,
            runs: shrinking.runs + 1)
    }
}

private struct Shrinking {
    let seed: Seed
    let whole: RunReport
    private(set) var options: SimulationOptions
    private(set) var runs = 1
    private let fails: (RunReport) -> Bool

    init(
        seed: Seed, whole: RunReport, options: SimulationOptions,
        thatStill fails: @escaping (RunReport) -> Bool
    ) {
        self.seed = seed
        self.whole = whole
        self.options = options
        self.fails = fails
    }

    mutating func leaveFaultsOut() {
        let all = Set(whole.faults.map(\.index))
        let kept = whole.faults.map(\.index).filter { !options.mask.contains($0) }
        var (fewer, count) = (options, 0)
        let matter = fewest(of: kept) { faults in
            count += 1
            fewer.mask = all.subtracting(faults)
            return fails(Simulation.run(seed: seed, options: fewer))
        }
        runs += count
        options.mask = all.subtracting(matter)
    }

    /// Whether there was anybody to leave out.
    mutating func leaveCastOut() -> Bool {
        let before = options.without
        // The last ones first: the first host and the first workload are what a reader expects to stay.
        for name in whole.cast.reversed() {
            var fewer = options
            fewer.without.insert(name)
            let report = Simulation.run(seed: seed, options: fewer)
            runs += 1
            if !report.cast.contains(name), fails(report) { options = fewer }
        }
        return options.without != before
    }
}
