/// Clients keep an answer for its TTL, and some for longer.
enum TTLCheck {
    static let limit = 60

    static func findings(_ name: String, _ label: String, _ ttl: Int?) -> [Finding] {
        guard let ttl, ttl > limit else { return [] }
        return [
            .warn(
                name, "\(label) has a TTL of \(ttl) s: clients follow that much later. Use \(limit) s or less"
            )
        ]
    }
}
