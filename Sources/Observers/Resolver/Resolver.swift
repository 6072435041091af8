/// Turns names into addresses, on threads of its own. A lookup ends early when the calling task is cancelled;
/// how long it may take otherwise is `timeout` for each server and try, or what resolv.conf says for the
/// system's resolver. A caller with less time brings its own limit.
public struct Resolver: Sendable {
    /// A resolver to ask, by IPv4 address and port.
    public struct Server: Sendable, Hashable, CustomStringConvertible {
        public var address: String
        public var port: UInt16

        /// Reads `192.0.2.1:53`, or `192.0.2.1` for port 53. Nil for anything else: a name would need
        /// a resolver.
        public init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard let first = parts.first, parts.count <= 2, Resolver.isIPv4(String(first))
            else { return nil }
            address = String(first)
            guard parts.count == 2 else {
                port = 53
                return
            }
            guard let number = UInt16(parts[1]), number > 0 else { return nil }
            port = number
        }

        public var description: String { "\(address):\(port)" }
    }

    /// An endpoint of RDS has one or two aliases before it, a failover record one more; glibc gives up at 12.
    public static let maxChain = 12

    private let servers: [Server]
    private let timeout: Duration
    private let retries: Int
    private let threads = LookupThreads()

    /// Without servers the system's resolver is asked, hosts file and search domains included. With servers,
    /// these and nothing else: the next one when one is silent, fails or talks nonsense, then `retries`
    /// rounds more. `timeout` is 1 ms...60 s; 1 s, for resolvers nearby answer in milliseconds and drop a
    /// packet now and then.
    public init(servers: [Server] = [], timeout: Duration = .seconds(1), retries: Int = 1) {
        self.servers = servers
        self.timeout = timeout
        self.retries = retries
    }

    /// At least one numeric address. A numeric host is its own address.
    public func addresses(of host: String) async throws(ResolveError) -> [String] {
        if Self.isNumeric(host) { return [host] }
        if servers.isEmpty {
            let found = await threads.run { systemAddresses(of: host) }
            guard let found else { throw givenUp(host) }
            return try found.get()
        }
        let answer = await answers(for: host)
        if let failure = answer.failure { throw failure }
        return answer.addresses.map(\.text)
    }

    /// What DNS says, without the hosts file and search domains. Never a failure of its own: see `failure`.
    public func answers(for name: String) async -> DNSAnswer {
        let walk = DNSWalk(
            name: name, servers: servers, timeoutMilliseconds: timeout.milliseconds, retries: retries)
        let answer = await threads.run { walk.answer() }
        return answer ?? DNSAnswer(name: name, failure: givenUp(name))
    }

    private func givenUp(_ name: String) -> ResolveError {
        Task.isCancelled
            ? ResolveError(.cancelled, name, "the lookup was cancelled")
            : ResolveError(.busy, name, "too many lookups are waiting, or there is no thread")
    }
}
