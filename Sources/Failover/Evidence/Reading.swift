/// A value that was read, or why it was not. *Unknown* is never healthy, never unhealthy, never zero.
public enum Reading<Value: Codable & Equatable & Sendable>: Sendable, Equatable, Codable {
    case known(value: Value)
    case unknown(reason: UnknownReason, detail: String)

    public var value: Value? {
        if case .known(let value) = self { value } else { nil }
    }

    public var unknownReason: UnknownReason? {
        if case .unknown(let reason, _) = self { reason } else { nil }
    }
}

/// Why there is no value. The kinds differ in what they may mean, so they are never folded into one.
public enum UnknownReason: String, Sendable, Codable, CaseIterable {
    /// No answer came: refused, timed out, reset, or a server error (5xx) after the retries.
    case silent
    /// The source answered that it has no data.
    case missing
    /// The source is too busy for us.
    case throttled
    /// Credentials or permissions: our own trouble, not the database's.
    case denied
    /// A name did not resolve. A name failure is not death (GitLab, 2018-01-08).
    case nameNotResolved
    /// TLS or certificate trouble: a configuration fault.
    case certificate
    /// An answer came that cannot be understood.
    case malformed
    /// The resource does not exist there (any more).
    case notFound

    /// Points at our own configuration rather than at the database.
    public var isConfigurationFault: Bool {
        switch self {
        case .denied, .nameNotResolved, .certificate, .notFound: true
        case .silent, .missing, .throttled, .malformed: false
        }
    }
}
