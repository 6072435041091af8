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
        /// How many runs it took.
        public var runs: Int
    }

    /// Leaves faults out for as long as the run violates the same invariant. Nil when it violates none.
    public static func shrink(seed: Seed, options: SimulationOptions = SimulationOptions()) -> Shrunk? {
        let whole = run(seed: seed, options: options)
        guard let invariant = whole.violations.first?.invariant else { return nil }
        let kept = whole.faults.map(\.index).filter { !options.mask.contains($0) }
        var runs = 1
        func leaving(_ faults: [Int]) -> SimulationOptions {
            var fewer = options
            fewer.mask = Set(whole.faults.map(\.index)).subtracting(faults)
            return fewer
        }
        let matter = fewest(of: kept) { faults in
            runs += 1
            return run(seed: seed, options: leaving(faults)).violations.contains {
                $0.invariant == invariant
            }
        }
        let options = leaving(matter)
        return Shrunk(report: run(seed: seed, options: options), mask: options.mask, runs: runs + 1)
    }
}
