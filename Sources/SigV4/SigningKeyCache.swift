/// Derived signing keys, the least recently used one leaving first.
///
/// A key is four HMACs away from the secret and good for one day, Region and service; deriving it each time
/// costs more than the rest of the signature.
struct SigningKeyCache: Sendable {
    /// What a signing key depends on. The digest stands for the secret: a secret that was corrected under the
    /// same access key id must never find the old key, and the secret itself need not be kept here.
    struct Identity: Hashable, Sendable {
        let accessKeyID: String
        let secretDigest: Digest
        let dateStamp: String
        let scope: SigningScope

        /// What tells apart the keys of one day and one secret; the rest is compared, and need not be hashed.
        func hash(into hasher: inout Hasher) {
            hasher.combine(secretDigest)
            hasher.combine(scope)
        }
    }

    private struct Entry: Sendable {
        let key: Digest
        var lastUse: UInt64
    }

    /// Some ten services in a handful of Regions under two or three roles, with room for midnight.
    static let capacity = 128

    private var entries: [Identity: Entry] = [:]
    private var clock: UInt64 = 0

    var count: Int { entries.count }

    mutating func key(for identity: Identity) -> Digest? {
        guard let place = entries.index(forKey: identity) else { return nil }
        clock += 1
        entries.values[place].lastUse = clock
        return entries.values[place].key
    }

    mutating func insert(_ key: Digest, for identity: Identity) {
        clock += 1
        entries[identity] = Entry(key: key, lastUse: clock)
        guard entries.count > Self.capacity else { return }
        // A scan of the whole table, but only when something new arrives at a full one.
        if let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
        }
    }
}
