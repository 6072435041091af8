import HTTPTransport

extension AWSError {
    /// A few words for a line that already says what was asked, and where: `connection lost`, `HTTP 503`.
    /// Failures that a person must repair keep their whole description.
    public var brief: String {
        switch kind {
        case .network(let kind): kind.words
        case .deadline: "no answer in time"
        case .serverFault: ["HTTP", status.map(String.init), code].compactMap(\.self).joined(separator: " ")
        case .throttled: "throttled (\(code ?? "too many requests"))"
        default: description
        }
    }
}

extension TransportError.Kind {
    fileprivate var words: String {
        switch self {
        case .nameNotResolved: "its name does not resolve"
        case .connectionRefused: "connection refused"
        case .unreachable: "no route to it"
        case .connectTimeout: "no connection in time"
        case .totalTimeout: "no answer in time"
        case .tlsFailed: "TLS failed: check its certificate, the CA bundle and proxies"
        case .connectionLost: "connection lost"
        case .responseTooLarge: "its answer is too large"
        case .badRequest: "a request that cannot be sent"
        case .cancelled, .shutDown: "cancelled"
        case .other: "the transport failed"
        }
    }
}
