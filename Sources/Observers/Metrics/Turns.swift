/// Whose turn it is, where only a few can be served at a time: those who have waited longest.
final class Turns: Sendable {
    private struct State {
        var round = 0
        var served: [String: Int] = [:]
    }

    private let state = Locked(State())

    /// At most `count` of the candidates; they count as served. The memory holds no others than the
    /// candidates.
    func next(_ count: Int, of candidates: Set<String>) -> [String] {
        state.withLock { state in
            state.round += 1
            state.served = state.served.filter { candidates.contains($0.key) }
            let chosen = candidates.sorted {
                (state.served[$0] ?? 0, $0) < (state.served[$1] ?? 0, $1)
            }.prefix(count)
            for candidate in chosen { state.served[candidate] = state.round }
            return Array(chosen)
        }
    }
}
