import Failover

/// One set of a hosted zone, with one value.
struct RecordSet: Equatable, Sendable {
    /// Without the final dot.
    var name: String
    var type: String
    var setIdentifier: String?
    /// Seconds.
    var ttl: Int
    var value: String
    /// `PRIMARY` or `SECONDARY`.
    var failover: String?
    var healthCheck: String?

    func isSame(as other: RecordSet) -> Bool {
        name.lowercased() == other.name.lowercased() && type == other.type
            && setIdentifier == other.setIdentifier
    }
}

/// A hosted zone: what its API says, and what each of its name servers answers.
struct Zone {
    let id: String
    /// What the API lists, pending changes included.
    private(set) var sets: [RecordSet] = []
    /// What was there before, for the servers that have not heard yet. Newest last.
    private(set) var versions: [Version] = []

    struct Version {
        /// As of this change.
        var sets: [RecordSet]
        /// When the last server has it, if nothing goes wrong.
        var spreadBy: Timestamp
        var from: Timestamp
    }

    /// Any would do; Route 53 gives four to a zone.
    static let servers = 4

    init(id: String) { self.id = id }

    mutating func add(_ set: RecordSet) { sets.append(set) }

    /// Takes the place of what was there. Servers hear of it one after the other.
    mutating func change(to new: [RecordSet], at time: Timestamp, spreadBy: Timestamp) {
        if versions.isEmpty {
            versions.append(Version(sets: sets, spreadBy: time, from: time - .seconds(1)))
        }
        versions.append(Version(sets: new, spreadBy: spreadBy, from: time))
        sets = new
        if versions.count > 8 { versions.removeFirst() }
    }

    /// What one of the servers, 0..<4, goes by.
    func sets(at time: Timestamp, server: Int) -> [RecordSet] {
        for version in versions.reversed() {
            let span = (version.spreadBy - version.from) * (server + 1) / Self.servers
            if version.from + span <= time { return version.sets }
        }
        return versions.first?.sets ?? sets
    }
}
