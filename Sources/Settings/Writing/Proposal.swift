/// A configuration that `drctl init` proposes: what is known, and what was guessed and has to be looked at.
/// It becomes a text, and the text is read and checked like everybody's.
public struct Proposal: Sendable, Equatable {
    /// Where the facts come from, for the file's first lines.
    public var origin: [String]
    /// Where drctl's host stands.
    public var region: Fact
    public var webhook: Webhook?
    public var workloads: [ProposedWorkload]

    public init(
        origin: [String], region: Fact, webhook: Webhook? = nil, workloads: [ProposedWorkload]
    ) {
        self.origin = origin
        self.region = region
        self.webhook = webhook
        self.workloads = workloads
    }

    /// A value, and why it is only a guess; nil for what is known.
    public struct Fact: Sendable, Equatable, ExpressibleByStringInterpolation {
        public var value: String
        public var guess: String?

        public init(_ value: String, guess: String? = nil) {
            self.value = value
            self.guess = guess
        }

        public init(stringLiteral value: String) { self.init(value) }
    }

    /// Who may tell drctl to look: the workloads' own topics, and who knows the secret.
    public struct Webhook: Sendable, Equatable {
        public var secretFile: String

        public init(secretFile: String) { self.secretFile = secretFile }
    }
}

/// One workload of a proposal: one database with its standby.
public struct ProposedWorkload: Sendable, Equatable {
    public var name: String
    public var primaryRegion: String
    public var standbyRegion: String
    public var database: ProposedDatabase
    public var policy: ProposedPolicy
    public var capacity: [ProposedCapacity]
    public var levers: [ProposedLever]
    public var topics: [Proposal.Fact]

    public init(
        name: String, primaryRegion: String, standbyRegion: String, database: ProposedDatabase,
        policy: ProposedPolicy, capacity: [ProposedCapacity] = [], levers: [ProposedLever] = [],
        topics: [Proposal.Fact] = []
    ) {
        self.name = name
        self.primaryRegion = primaryRegion
        self.standbyRegion = standbyRegion
        self.database = database
        self.policy = policy
        self.capacity = capacity
        self.levers = levers
        self.topics = topics
    }
}

public struct ProposedDatabase: Sendable, Equatable {
    public var name: String
    /// `rds-replica` or `aurora-global`.
    public var type: String
    public var globalCluster: String?
    public var method: Proposal.Fact?
    public var primary: Side
    public var standby: Side
    public var healthCheck: Proposal.Fact?
    public var sql: SQL?
    public var fencingMethod: Proposal.Fact
    public var fencingGroups: [String]

    public struct Side: Sendable, Equatable {
        public var identifier: String
        /// `host:port`.
        public var endpoint: String

        public init(identifier: String, endpoint: String) {
            self.identifier = identifier
            self.endpoint = endpoint
        }
    }

    public struct SQL: Sendable, Equatable {
        public var database: String
        public var user: String
        public var passwordFile: String
        public var caBundle: String

        public init(database: String, user: String, passwordFile: String, caBundle: String) {
            self.database = database
            self.user = user
            self.passwordFile = passwordFile
            self.caBundle = caBundle
        }
    }

    public init(
        name: String, type: String, globalCluster: String? = nil, method: Proposal.Fact? = nil,
        primary: Side, standby: Side, healthCheck: Proposal.Fact? = nil, sql: SQL? = nil,
        fencingMethod: Proposal.Fact, fencingGroups: [String]
    ) {
        self.name = name
        self.type = type
        self.globalCluster = globalCluster
        self.method = method
        self.primary = primary
        self.standby = standby
        self.healthCheck = healthCheck
        self.sql = sql
        self.fencingMethod = fencingMethod
        self.fencingGroups = fencingGroups
    }
}

public struct ProposedPolicy: Sendable, Equatable {
    public var mode: String
    public var witnesses: [String]
    public var quorum: String
    public var maximumDataLoss: Proposal.Fact
    public var recoveryTime: String?
    public var providerRecoveryLimit: String?
    public var promotionTimeout: String?
    public var capacityTimeout: String?

    public init(
        mode: String, witnesses: [String], quorum: String, maximumDataLoss: Proposal.Fact,
        recoveryTime: String? = nil, providerRecoveryLimit: String? = nil, promotionTimeout: String? = nil,
        capacityTimeout: String? = nil
    ) {
        self.mode = mode
        self.witnesses = witnesses
        self.quorum = quorum
        self.maximumDataLoss = maximumDataLoss
        self.recoveryTime = recoveryTime
        self.providerRecoveryLimit = providerRecoveryLimit
        self.promotionTimeout = promotionTimeout
        self.capacityTimeout = capacityTimeout
    }
}

/// Something that a failover makes larger.
public struct ProposedCapacity: Sendable, Equatable {
    public var kind: Kind
    public var region: String
    public var desired: String

    public enum Kind: Sendable, Equatable {
        case ecsService(cluster: String, service: String)
        case autoScalingGroup(name: String)
    }

    public init(_ kind: Kind, region: String, desired: String) {
        self.kind = kind
        self.region = region
        self.desired = desired
    }
}

public struct ProposedLever: Sendable, Equatable {
    public var kind: Kind
    public var guess: String?

    public enum Kind: Sendable, Equatable {
        case record(zone: String, name: String, setIdentifier: String?)
        case healthCheck(
            name: String, id: String, namespace: String, metric: String, dimensions: [String: String])
    }

    public init(_ kind: Kind, guess: String? = nil) {
        self.kind = kind
        self.guess = guess
    }
}
