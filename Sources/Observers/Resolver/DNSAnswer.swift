/// What the resolvers say about a name: the aliases on the way, and the addresses at the end. An answer that
/// failed half way has the aliases found until then.
public struct DNSAnswer: Sendable, Equatable {
    /// The name asked for.
    public var name: String
    /// Each name's alias, in order; empty when the name itself has the addresses.
    public var chain: [Alias]
    /// IPv4 first; IPv6 only when there is no IPv4.
    public var addresses: [Address]
    /// Nil when there is at least one address.
    public var failure: ResolveError?

    public struct Alias: Sendable, Equatable {
        public var name: String
        public var target: String
        /// How long a client may still use it, in seconds.
        public var ttlSeconds: Int

        public init(name: String, target: String, ttlSeconds: Int) {
            self.name = name
            self.target = target
            self.ttlSeconds = ttlSeconds
        }
    }

    public struct Address: Sendable, Equatable {
        /// Numeric.
        public var text: String
        public var ttlSeconds: Int

        public init(text: String, ttlSeconds: Int) {
            self.text = text
            self.ttlSeconds = ttlSeconds
        }
    }

    public init(
        name: String, chain: [Alias] = [], addresses: [Address] = [], failure: ResolveError? = nil
    ) {
        self.name = name
        self.chain = chain
        self.addresses = addresses
        self.failure = failure
    }

    /// Where the aliases lead: the name that has the addresses, or that has none.
    public var canonicalName: String { chain.last?.target ?? name }
}
