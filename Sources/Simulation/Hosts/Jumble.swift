import Failover

/// Observations that come twice, or up to four rounds later, or in another order.
final class Jumble {
    private var active: [(fault: Fault, chance: Chance)] = []
    /// With how many rounds it is still kept back.
    private var held: [(observation: Observation, rounds: Int)] = []
    private let seed: Seed

    init(_ seed: Seed) { self.seed = seed }

    func begin(_ fault: Fault) { active.append((fault, seed.stream("jumble/\(fault.index)"))) }

    func end(_ fault: Fault) { active.removeAll { $0.fault.index == fault.index } }

    /// What a process had not taken in dies with it.
    func forget() { held = [] }

    /// What was kept back in an earlier round.
    func late() -> [Observation] {
        defer { held = held.compactMap { $0.rounds > 0 ? ($0.observation, $0.rounds - 1) : nil } }
        return held.filter { $0.rounds == 0 }.map(\.observation)
    }

    func shaken(_ batch: [Observation]) -> [Observation] {
        guard !active.isEmpty else { return batch }
        var result: [Observation] = []
        for observation in batch {
            let draw = active[0].chance.unit() / max(active[0].fault.rate, 0.01)
            switch draw {
            case ..<0.3: held.append((observation, Int(draw / 0.3 * 4)))
            case ..<0.6:
                result.append(observation)
                held.append((observation, Int((draw - 0.3) / 0.3 * 4)))
            case ..<1: result.insert(observation, at: 0)
            default: result.append(observation)
            }
        }
        return result
    }
}
