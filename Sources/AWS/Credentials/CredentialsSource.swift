/// One place where credentials may lie. It fetches them anew each time; `CachingCredentialsProvider`
/// remembers.
public protocol CredentialsSource: Sendable {
    /// Nil when nothing is set up here, so that the next source is asked. An error when something is set up
    /// and does not work: then asking on would end in somebody else's rights.
    func load() async throws(CredentialsError) -> Credentials?
}

/// Asks sources in order and takes the first that has something.
public struct CredentialsChain: CredentialsSource {
    private let sources: [any CredentialsSource]

    public init(_ sources: [any CredentialsSource]) {
        self.sources = sources
    }

    public func load() async throws(CredentialsError) -> Credentials? {
        for source in sources {
            if let found = try await source.load() { return found }
        }
        return nil
    }
}
