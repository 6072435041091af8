import Failover

/// The `webhook` section: who may tell drctl to look now, and at what.
public struct WebhookSettings: Sendable, Equatable {
    /// An address of this host. Not a loopback one only with `certificateFile`.
    public var listen: Endpoint
    /// Absolute path of a PEM file with the certificate and what it leads to its root by, or the name of a
    /// systemd credential; nil where something before it speaks TLS. It is there exactly when `keyFile` is.
    public var certificateFile: String?
    /// The same for the key.
    public var keyFile: String?
    /// Absolute path of the database file of what has arrived.
    public var store: String
    public var topics: [AllowedTopic]
    public var alarms: [NamedAlarm]
    public var databases: [NamedDatabase]
    /// Absolute path of a PEM file with the roots for SNS's certificates; nil for the system's.
    public var caFile: String?
    /// Absolute path of the file with the secrets for `/hooks/generic`, or the name of a systemd credential;
    /// nil when nobody but SNS may send.
    public var secretFile: String?

    public struct AllowedTopic: Sendable, Equatable {
        public var arn: String
        /// Looked at for a message of which nothing else says whom it concerns.
        public var workloads: [WorkloadID]
    }

    public struct NamedAlarm: Sendable, Equatable {
        /// Its name or its ARN.
        public var alarm: String
        public var workloads: [WorkloadID]
    }

    public struct NamedDatabase: Sendable, Equatable {
        public var identifier: String
        public var region: Region
        public var workloads: [WorkloadID]
    }

    public init(
        listen: Endpoint = Endpoint(host: "127.0.0.1", port: 8463), store: String,
        topics: [AllowedTopic] = [], alarms: [NamedAlarm] = [], databases: [NamedDatabase] = [],
        caFile: String? = nil, secretFile: String? = nil, certificateFile: String? = nil,
        keyFile: String? = nil
    ) {
        self.listen = listen
        self.store = store
        self.topics = topics
        self.alarms = alarms
        self.databases = databases
        self.caFile = caFile
        self.secretFile = secretFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    /// Beside the journal: `/var/lib/drctl/journal.db` has `/var/lib/drctl/journal-webhook.db`.
    static func store(besideJournal journal: String) -> String {
        (journal.hasSuffix(".db") ? String(journal.dropLast(3)) : journal) + "-webhook.db"
    }
}
