import Failover

/// Observations that come twice, or in the next round, or in another order.
final class Jumble {
    private var active: [(fault: Fault, chance: Chance)] = []
    private var held: [Observation] = []
    private let seed: Seed

    init(_ seed: Seed) { self.seed = seed }

    func begin(_ fault: Fault) { active.append((fault, seed.stream("jumble/\(fault.index)"))) }

    func end(_ fault: Fault) { active.removeAll { $0.fault.index == fault.index } }

    /// What a process had not taken in dies with it.
    func forget() { held = [] }

    /// What was kept back in an earlier round.
    func late() -> [Observation] {
        defer { held = [] }
        return held
    }

    func shaken(_ batch: [Observation]) -> [Observation] {
        guard !active.isEmpty else { return batch }
        var result: [Observation] = []
        for observation in batch {
            let draw = active[0].chance.unit() / max(active[0].fault.rate, 0.01)
            switch draw {
            case ..<0.3: held.append(observation)
            case ..<0.6:
                result.append(observation)
                held.append(observation)
            case ..<1: result.insert(observation, at: 0)
            default: result.append(observation)
            }
        }
        return result
    }
}
