/// Why a name has no address: what was asked, of whom, and the cause. It never means that what the name
/// stands for is down.
public struct ResolveError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// The name does not exist.
        case noSuchName
        /// The name exists and has no address.
        case noAddress
        /// The resolver answered that it failed or refuses.
        case serverFailure
        /// No resolver answered in time.
        case timeout
        /// The network, or this host, would not carry the question.
        case network
        /// An answer that cannot be read.
        case malformed
        /// More CNAMEs in a row than `Resolver.maxChain`, or a circle.
        case chainTooLong
        /// Not a domain name.
        case badName
        /// Too many lookups are under way already.
        case busy
        /// The calling task was cancelled.
        case cancelled
    }

    public var kind: Kind
    public var name: String
    public var detail: String

    /// Whether the same question may be answered later.
    public var retryable: Bool {
        switch kind {
        case .serverFailure, .timeout, .network, .malformed, .busy, .cancelled: true
        case .noSuchName, .noAddress, .chainTooLong, .badName: false
        }
    }

    public var description: String { "\(name) has no address: \(detail)" }

    init(_ kind: Kind, _ name: String, _ detail: String) {
        self.kind = kind
        self.name = name
        self.detail = detail
    }
}
