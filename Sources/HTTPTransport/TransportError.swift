/// Why there is no answer: what was tried, on what, the cause, and whether it may have had an effect.
public struct TransportError: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The host's name, or the proxy's, has no address, or no resolver answered within
        /// `Timeouts.connect`.
        case nameNotResolved
        /// The host answered that nothing listens there.
        case connectionRefused
        /// The network answered that there is no way to the host.
        case unreachable
        /// The name has an address, but the host did not get as far as a connection, TLS included, within
        /// `Timeouts.connect`.
        case connectTimeout
        /// The whole took longer than `Timeouts.total`.
        case totalTimeout
        /// The handshake failed or the certificate was refused.
        case tlsFailed
        /// The connection ended before the answer was complete.
        case connectionLost
        /// The body is longer than `HTTPRequest.maxResponseBytes`, or the header is out of all proportion.
        case responseTooLarge
        /// The request was not sent, because it cannot be sent as it is. Trying again will not help.
        case badRequest
        /// The task that sent it was cancelled.
        case cancelled
        /// The transport was shut down.
        case shutDown
        case other
    }

    public var kind: Kind
    public var method: String
    /// Without user name, query and fragment: those may hold secrets.
    public var url: String
    /// libcurl's own words, or what is wrong with the request.
    public var detail: String
    /// False only when it is certain that no byte of the request was sent, so that even what must not be
    /// done twice may be tried again.
    public var mayHaveReachedServer: Bool

    public init(
        kind: Kind, method: String = "", url: String, detail: String, mayHaveReachedServer: Bool
    ) {
        self.kind = kind
        self.method = method
        self.url = Self.withoutSecrets(url)
        self.detail = detail
        self.mayHaveReachedServer = mayHaveReachedServer
    }

    init(_ kind: Kind, _ request: HTTPRequest, _ detail: String, mayHaveReachedServer: Bool = false) {
        self.init(
            kind: kind, method: request.method, url: request.url, detail: detail,
            mayHaveReachedServer: mayHaveReachedServer)
    }

    static func withoutSecrets(_ url: String) -> String {
        let bare = url.prefix { $0 != "?" && $0 != "#" }
        guard let scheme = bare.firstRange(of: "://") else { return String(bare) }
        let authority = bare[scheme.upperBound...].prefix { $0 != "/" }
        guard let userEnd = authority.lastIndex(of: "@") else { return String(bare) }
        return String(bare[..<scheme.upperBound] + bare[bare.index(after: userEnd)...])
    }
}

extension TransportError: CustomStringConvertible {
    public var description: String {
        let effect = mayHaveReachedServer ? "may have reached the server" : "nothing was sent"
        return "\(method.isEmpty ? "request" : method) \(url): \(kind): \(detail) (\(effect))"
    }
}
