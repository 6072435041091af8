/// What may be told of the credentials in use.
public struct CredentialsOrigin: Sendable, Hashable {
    /// In words: `environment`, `profile dr`, `instance role dr-actor`.
    public var source: String
    /// Nil for long-lived keys.
    public var expiration: WallTime?
    /// What a person has to do before they end; nil where nobody has to.
    public var handRenewal: HandRenewal?
}

extension AWSClient {
    /// Where the credentials come from, fetching them if need be; neither secret nor token leaves this room.
    public func credentialsOrigin() async throws(CredentialsError) -> CredentialsOrigin {
        let found = try await credentials.credentials()
        return CredentialsOrigin(
            source: found.source, expiration: found.expiration, handRenewal: found.handRenewal)
    }

    /// Has credentials at hand before any call needs them, and renews them ahead of their end, until the
    /// calling task is cancelled.
    public func keepCredentialsWarm() async {
        await credentials.keepWarm()
    }
}
