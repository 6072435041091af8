/// Hands out credentials for signing, fresh enough to be used at once.
public protocol CredentialsProvider: Sendable {
    func credentials() async throws(CredentialsError) -> Credentials
    /// AWS has refused these as expired: do not hand them out again if others can be had.
    func invalidate(_ refused: Credentials) async
    /// Keeps credentials at hand until the calling task is cancelled; returns where there is nothing to do.
    func keepWarm() async
}

extension CredentialsProvider {
    public func invalidate(_ refused: Credentials) async {}
    public func keepWarm() async {}
}

/// Always the same credentials.
public struct StaticCredentialsProvider: CredentialsProvider {
    private let given: Credentials

    public init(_ credentials: Credentials) {
        given = credentials
    }

    public func credentials() async throws(CredentialsError) -> Credentials {
        given
    }
}
