import HTTPTransport

/// Gets temporary credentials from STS, always from a Region's own: the global address lives in us-east-1,
/// and its tokens do not work in opt-in Regions by default. When a Region's STS is down, another's is asked.
public struct CredentialsIssuing: Sendable {
    let transport: any Transport
    let surroundings: Surroundings
    private let endpoints: EndpointResolver
    private let regions: IssuingRegions
    /// What sessions are called when nobody gives a name.
    private let sessionName: String

    /// `region` is that of the STS to ask first: one that lives when others do not. `alternatives` are asked
    /// in turn when it fails; every Region's STS gives credentials that are good in all of them.
    public init(
        transport: any Transport, endpoints: EndpointResolver, surroundings: Surroundings, region: String,
        alternatives: [String] = [], sessionName: String = "aws-client"
    ) {
        self.transport = transport
        self.endpoints = endpoints
        self.surroundings = surroundings
        self.sessionName = sessionName
        regions = IssuingRegions([region] + alternatives)
    }

    func assume(_ role: RoleRequest, as base: Credentials) async throws(CredentialsError) -> Credentials {
        let operation = AssumeRole(
            roleArn: role.roleARN, roleSessionName: role.sessionName ?? sessionName,
            durationSeconds: role.durationSeconds, externalId: role.externalID)
        var issued = try await call(operation, as: base, source: role.source).credentials(source: role.source)
        // A role is renewed for as long as its base is good.
        issued.handRenewal = base.handRenewal
        return issued
    }

    /// The token file is read anew each time: whoever writes it replaces it before it expires.
    func assume(_ role: RoleRequest, tokenFile: String) async throws(CredentialsError) -> Credentials {
        let token: String
        do {
            token = try surroundings.readFile(surroundings.expanded(tokenFile)).trimmedOfSpace
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

    /// One unsigned call in one Region, for what no other Region could answer.
    func exchange<O: Operation>(
        _ operation: O, region: String, source: String
    ) async throws(CredentialsError) -> O.Output {
        do {
            return try await client(as: nil).call(operation, region: region, options: Self.aloneOptions)
        } catch {
            throw CredentialsError(source: source, detail: error.description, retryable: error.retryable)
        }
    }

    private func call<O: Operation>(
        _ operation: O, as base: Credentials?, source: String
    ) async throws(CredentialsError) -> O.Output {
        let client = client(as: base)
        let order = await regions.inOrder()
        let options = order.count > 1 ? Self.options : Self.aloneOptions
        var details: [String] = []
        for region in order {
            do {
                return try await client.call(operation, region: region, options: options)
            } catch {
                details.append(error.description)
                guard Self.mayDoBetterElsewhere(error) else {
                    throw CredentialsError(
                        source: source, detail: details.joined(separator: " "), retryable: false)
                }
                await regions.failed(region)
            }
            if Task.isCancelled { break }
        }
        throw CredentialsError(source: source, detail: details.joined(separator: " "), retryable: true)
    }

    private func client(as base: Credentials?) -> AWSClient {
        let provider = StaticCredentialsProvider(base ?? Credentials(accessKeyID: "", secretAccessKey: ""))
        return AWSClient(
            transport: transport, credentials: provider, endpoints: endpoints, surroundings: surroundings)
    }

    /// A refusal is every Region's; trouble, and a Region that is switched off, is one Region's own.
    private static func mayDoBetterElsewhere(_ error: AWSError) -> Bool {
        switch error.kind {
        case .throttled, .serverFault, .network, .malformedResponse, .deadline, .clockSkew: true
        default: error.code == "RegionDisabledException"
        }
    }

    /// Callers wait for a renewal while they still hold good credentials: an STS that hangs must not cost
    /// them more than this.
    private static let aloneOptions = CallOptions(
        connectTimeout: .seconds(3), attemptTimeout: .seconds(5), deadline: .seconds(10))
    /// One that hangs is given up sooner where another can be asked.
    private static let options = CallOptions(
        connectTimeout: .seconds(2), attemptTimeout: .seconds(3), deadline: .seconds(4), maxAttempts: 2)
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
