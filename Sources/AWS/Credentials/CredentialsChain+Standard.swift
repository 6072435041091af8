import HTTPTransport

extension CredentialsSource where Self == CredentialsChain {
    /// The order of the AWS tools: environment (unless a profile is named), profile, web identity, container,
    /// instance.
    public static func standard(_ profiles: ProfileStore, _ issuing: CredentialsIssuing) -> CredentialsChain {
        let surroundings = issuing.surroundings
        var sources: [any CredentialsSource] = []
        if !profiles.isChosenExplicitly { sources.append(EnvironmentSource(surroundings)) }
        sources.append(
            ProfileSource(
                name: profiles.chosenName, isRequired: profiles.isChosenExplicitly, profiles: profiles,
                issuing: issuing))
        if !profiles.isChosenExplicitly {
            sources.append(WebIdentitySource(issuing))
            sources.append(ContainerSource(issuing.transport, surroundings))
            sources.append(InstanceMetadataSource(issuing.transport, surroundings))
        }
        return CredentialsChain(sources)
    }

    /// One profile by name, whatever the environment says.
    public static func profile(
        _ name: String, _ profiles: ProfileStore, _ issuing: CredentialsIssuing
    ) -> CredentialsChain {
        CredentialsChain([
            ProfileSource(name: name, isRequired: true, profiles: profiles, issuing: issuing)
        ])
    }
}
