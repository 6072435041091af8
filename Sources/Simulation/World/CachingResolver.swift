import Failover

/// A resolver with a cache, as stand before hosts and clients: each asks one name server of the zone, and
/// keeps what it was told.
final class CachingResolver {
    private let server: Int
    /// Keeps answers for at least that long, as some do whatever the zone says.
    private let atLeast: Duration
    private var cache: [String: (value: String, until: Timestamp)] = [:]

    init(server: Int, atLeast: Duration = .zero) {
        self.server = server
        self.atLeast = atLeast
    }

    /// Nil when there is no such name.
    func answer(for name: String, from estate: Estate) -> String? {
        if let known = cache[name], known.until > estate.now { return known.value }
        guard let answer = estate.answer(for: name, server: server) else { return nil }
        cache[name] = (answer.value, estate.now + max(answer.ttl, atLeast))
        return answer.value
    }
}
