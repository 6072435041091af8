import Failover

/// Who holds a journal, as written in its lock file for the next one who wants it.
public struct LockHolder: Sendable, Equatable, Codable {
    /// What runs: `drctl serve`.
    public var name: String
    public var pid: Int32
    public var host: String
    public var since: Timestamp

    public init(name: String, pid: Int32, host: String, since: Timestamp) {
        self.name = name
        self.pid = pid
        self.host = host
        self.since = since
    }

    /// `drctl serve (pid 4242, since 2026-01-02T03:04:05.678Z)`, with the host when it is another one.
    var text: String {
        let place = host == Self.thisHost ? "" : " on \(host)"
        return "\(name) (pid \(pid)\(place), since \(since))"
    }
}
