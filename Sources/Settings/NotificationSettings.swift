/// The `notifications` section: who is told besides the workloads' SNS topics, and how drctl shows that it
/// lives.
public struct NotificationSettings: Sendable, Equatable {
    /// In the order of the file.
    public var notifiers: [NotifierSettings] = []
    /// Nil when there is none.
    public var heartbeat: HeartbeatSettings? = HeartbeatSettings()
    /// Nil when nothing is pinged.
    public var deadMan: DeadManSettings?
    /// An https address under which the runbooks are; nil for the package's own copies.
    public var runbooks: String?

    public init() {}
}

public struct HeartbeatSettings: Sendable, Equatable {
    /// Minutes after midnight. Default 09:00: people are at work, and read it.
    public var minute = 9 * 60
    /// An IANA time zone's name.
    public var zone = "UTC"

    public init() {}
}

public struct DeadManSettings: Sendable, Equatable {
    /// Where its file is: an absolute path, or a systemd credential.
    public var urlFile: String
    /// 1 min...24 h. Default 5 min.
    public var every: Duration

    public init(urlFile: String, every: Duration = .seconds(300)) {
        self.urlFile = urlFile
        self.every = every
    }
}

public struct NotifierSettings: Sendable, Equatable {
    public var name: String
    public var channel: Channel
    /// A PEM file of trusted roots in place of the system's.
    public var caBundle: String?
    /// For one attempt. 1 s...1 min.
    public var timeout: Duration
    /// 1...5.
    public var attempts: Int

    /// Everything that ends in `File` is a secret's place: an absolute path, or a systemd credential.
    public enum Channel: Sendable, Equatable {
        case webhook(urlFile: String, secretFile: String?)
        case slack(urlFile: String)
        case pagerDuty(routingKeyFile: String, url: String)
        case email(Email)
    }

    public struct Email: Sendable, Equatable {
        public var host: String
        public var port: Int
        /// TLS from the first byte; else STARTTLS.
        public var isTLSFromTheStart: Bool
        public var user: String?
        public var passwordFile: String?
        public var sender: String
        public var recipients: [String]
    }
}
