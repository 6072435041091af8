import HTTPTransport

/// The role of an EC2 instance. Version 2 of the metadata service is asked, which wants a session first;
/// version 1 only where the service knows no sessions and nobody has switched version 1 off, since it answers
/// whoever can make this machine send a GET.
public struct InstanceMetadataSource: CredentialsSource {
    private static let name = "instance metadata"
    private static let rolePath = "/latest/meta-data/iam/security-credentials/"
    private let surroundings: Surroundings
    private let profile: Profile?
    private let fetch: MetadataFetch

    /// One try of 1 s, as botocore: outside EC2 nothing answers, and every start would wait for it.
    public init(_ transport: any Transport, _ surroundings: Surroundings, profile: Profile? = nil) {
        self.surroundings = surroundings
        self.profile = profile
        var fetch = MetadataFetch(
            transport: transport, surroundings: surroundings, source: Self.name, timeout: .seconds(1),
            attempts: 1)
        func number(_ variable: String, _ key: String) -> Int? {
            (surroundings.variable(variable) ?? profile?.value(key)).flatMap(Int.init)
        }
        if let seconds = number("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout") {
            fetch.timeout = .seconds(min(max(seconds, 1), 60))
        }
        if let count = number("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts") {
            fetch.attempts = min(max(count, 1), 10)
        }
        self.fetch = fetch
    }

    public func load() async throws(CredentialsError) -> Credentials? {
        guard !isSet("AWS_EC2_METADATA_DISABLED", nil) else { return nil }
        let headers: HTTPHeaders
        switch try await session() {
        case .nobody: return nil
        case .token(let token): headers = [HTTPHeader("x-aws-ec2-metadata-token", token)]
        case .unknown:
            guard !isSet("AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled") else {
                throw failure("it gives no session token, and version 1 is switched off")
            }
            headers = []
        }
        guard let list = try? await fetch.send("GET", base + Self.rolePath, headers: headers),
            list.status == 200  // An instance without a role answers with 404.
        else { return nil }
        let role = String(decoding: list.body, as: UTF8.self).trimmedOfSpace
        guard !role.isEmpty, role.utf8.count <= 128, role.unicodeScalars.allSatisfy(Self.isRoleCharacter)
        else { throw failure("the role's name is malformed") }
        let answer = try await fetch.send("GET", base + Self.rolePath + role, headers: headers)
        return prolonged(try fetch.credentials(answer, source: "instance role \(role)"))
    }

    private enum Session {
        case token(String)
        /// The service answers, and knows no sessions.
        case unknown
        /// Nothing answers: this is then no EC2 instance.
        case nobody
    }

    private func session() async throws(CredentialsError) -> Session {
        let headers: HTTPHeaders = [HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600")]
        var last = Session.nobody
        for attempt in 1...fetch.attempts {
            if attempt > 1 { try? await surroundings.sleep(.seconds(1)) }
            do {
                let response = try await fetch.once("PUT", base + "/latest/api/token", headers: headers)
                switch response.status {
                case 200: return .token(try Self.token(response))
                case 403, 404, 405: return .unknown
                case 400: throw failure("it refuses the request for a session token (status 400)")
                default: last = .unknown
                }
            } catch let error as TransportError {
                // A hop limit of one swallows the answer on its way into a container.
                if error.kind == .totalTimeout { return .unknown }
            } catch {
                throw error as? CredentialsError ?? failure("\(error)")
            }
        }
        return last
    }

    private static func token(_ response: HTTPResponse) throws(CredentialsError) -> String {
        let token = String(decoding: response.body, as: UTF8.self)
        guard !token.isEmpty,
            token.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value < 0x7F })
        else {
            throw CredentialsError(source: name, detail: "its session token is malformed", retryable: true)
        }
        return token
    }

    /// While the issuer behind it is down, the service hands out what has ended or soon will, and AWS goes on
    /// accepting it: such credentials are used for another 17 to 25 minutes before the next look.
    private func prolonged(_ credentials: Credentials) -> Credentials {
        guard let end = credentials.expiration else { return credentials }
        let span = CachingCredentialsProvider.advisoryWindow + .seconds(120 + 480 * surroundings.random())
        let now = surroundings.now()
        guard now >= end - span else { return credentials }
        var credentials = credentials
        credentials.expiration = now + span
        return credentials
    }

    private var base: String {
        if let given = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint") {
            return given.hasSuffix("/") ? String(given.dropLast()) : given
        }
        let mode = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
        return mode?.lowercased() == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
    }

    private func setting(_ variable: String, _ key: String?) -> String? {
        surroundings.variable(variable) ?? key.flatMap { profile?.value($0) }
    }

    private func isSet(_ variable: String, _ key: String?) -> Bool {
        setting(variable, key)?.lowercased() == "true"
    }

    private func failure(_ detail: String) -> CredentialsError {
        CredentialsError(source: Self.name, detail: detail, retryable: true)
    }

    /// IAM's own alphabet for role names.
    private static func isRoleCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            || "+=,.@_-".unicodeScalars.contains(scalar)
    }
}
