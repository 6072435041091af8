/// Every place where the AWS command line looks, in its order: environment (unless the program names a
/// profile), the profile, container, instance. The shared files are read anew each time, since what keeps
/// temporary keys in them replaces them before they end.
public struct StandardSource: CredentialsSource {
    private let issuing: CredentialsIssuing
    private let choosing: String?

    /// `choosing` is a profile to use, whatever the environment says.
    public init(_ issuing: CredentialsIssuing, choosing: String? = nil) {
        self.issuing = issuing
        self.choosing = choosing
    }

    public func load() async throws(CredentialsError) -> Credentials? {
        let surroundings = issuing.surroundings
        let profiles = try ProfileStore(surroundings, choosing: choosing)
        var sources: [any CredentialsSource] = []
        if !profiles.isChosenExplicitly { sources.append(EnvironmentSource(surroundings)) }
        sources.append(ProfileSource(profiles: profiles, issuing: issuing))
        sources.append(ContainerSource(issuing.transport, surroundings))
        sources.append(InstanceMetadataSource(issuing.transport, surroundings, profile: profiles.chosen))
        return try await CredentialsChain(sources).load()
    }
}
