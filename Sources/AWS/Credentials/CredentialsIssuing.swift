import HTTPTransport

/// Gets temporary credentials from STS, always from a Region's own: the global address lives in us-east-1,
/// and its tokens do not work in opt-in Regions by default.
public struct CredentialsIssuing: Sendable {
    let region: String
    let transport: any Transport
    let endpoints: EndpointResolver
    let surroundings: Surroundings
    /// Callers wait for a renewal while they still hold good credentials: an STS that hangs must not cost
    /// them more than this.
    private static let options = CallOptions(
        connectTimeout: .seconds(3), attemptTimeout: .seconds(5), deadline: .seconds(10))

    /// What sessions are called when nobody gives a name.
    let sessionName: String

    /// `region` is that of the STS to ask: one that lives when others do not.
    public init(
        transport: any Transport, endpoints: EndpointResolver, surroundings: Surroundings, region: String,
        sessionName: String = "aws-client"
    ) {
        self.region = region
        self.transport = transport
        self.endpoints = endpoints
        self.surroundings = surroundings
        self.sessionName = sessionName
    }

    func assume(_ role: RoleRequest, as base: Credentials) async throws(CredentialsError) -> Credentials {
        let operation = AssumeRole(
            roleArn: role.roleARN, roleSessionName: role.sessionName ?? sessionName,
            durationSeconds: role.durationSeconds, externalId: role.externalID)
        return try await call(operation, as: base, source: role.source).credentials(source: role.source)
    }

    /// The token file is read anew each time: whoever writes it replaces it before it expires.
    func assume(_ role: RoleRequest, tokenFile: String) async throws(CredentialsError) -> Credentials {
        let token: String
        do {
            token = try surroundings.readFile(tokenFile).trimmedOfSpace
        } catch {
            throw CredentialsError(
                source: role.source, detail: "the token file \(tokenFile) cannot be read", retryable: true)
        }
        let operation = AssumeRoleWithWebIdentity(
            roleArn: role.roleARN, roleSessionName: role.sessionName ?? sessionName, webIdentityToken: token,
            durationSeconds: role.durationSeconds)
        return try await call(operation, as: nil, source: role.source).credentials(source: role.source)
    }

    /// The values that `credential_source` may have in a profile.
    func load(
        credentialSource: String, for source: String
    ) async throws(CredentialsError) -> Credentials? {
        switch credentialSource {
        case "Environment": return try await EnvironmentSource(surroundings).load()
        case "EcsContainer": return try await ContainerSource(transport, surroundings).load()
        case "Ec2InstanceMetadata": return try await InstanceMetadataSource(transport, surroundings).load()
        default:
            throw CredentialsError(
                source: source, detail: "credential_source \"\(credentialSource)\" is not known",
                retryable: false)
        }
    }

    private func call<O: Operation>(
        _ operation: O, as base: Credentials?, source: String
    ) async throws(CredentialsError) -> O.Output {
        let provider = StaticCredentialsProvider(base ?? Credentials(accessKeyID: "", secretAccessKey: ""))
        let client = AWSClient(
            transport: transport, credentials: provider, endpoints: endpoints, surroundings: surroundings)
        do {
            return try await client.call(operation, region: region, options: Self.options)
        } catch {
            throw CredentialsError(source: source, detail: error.description, retryable: error.retryable)
        }
    }
}

/// A role assumed with the credentials of another provider: one role for each account or duty.
public struct AssumedRoleSource: CredentialsSource {
    private let role: RoleRequest
    private let base: any CredentialsProvider
    private let issuing: CredentialsIssuing

    public init(_ role: RoleRequest, base: any CredentialsProvider, issuing: CredentialsIssuing) {
        self.role = role
        self.base = base
        self.issuing = issuing
    }

    public func load() async throws(CredentialsError) -> Credentials? {
        try await issuing.assume(role, as: base.credentials())
    }
}

extension String {
    var trimmedOfSpace: String {
        var text = self[...].drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
