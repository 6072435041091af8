import HTTPTransport

/// The role of an EC2 instance, by IMDSv2 only: version 1 answers to whoever can make this machine send a
/// GET.
public struct InstanceMetadataSource: CredentialsSource {
    private static let name = "instance metadata"
    private static let rolePath = "/latest/meta-data/iam/security-credentials/"
    private let surroundings: Surroundings
    private let fetch: MetadataFetch

    /// One try of 1 s, as botocore: outside EC2 nothing answers, and every start would wait for it.
    public init(_ transport: any Transport, _ surroundings: Surroundings) {
        self.surroundings = surroundings
        fetch = MetadataFetch(
            transport: transport, surroundings: surroundings, source: Self.name, timeout: .seconds(1),
            attempts: 1)
    }

    public func load() async throws(CredentialsError) -> Credentials? {
        guard surroundings.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
        guard let token = try await token() else { return nil }
        let headers = HTTPHeaders([HTTPHeader("x-aws-ec2-metadata-token", token)])
        let list = try await fetch.send("GET", base + Self.rolePath, headers: headers)
        // An instance without a role answers with 404.
        guard list.status == 200 else { return nil }
        let role = String(decoding: list.body, as: UTF8.self).trimmedOfSpace
        guard !role.isEmpty, role.utf8.count <= 128, role.unicodeScalars.allSatisfy(Self.isRoleCharacter)
        else {
            throw CredentialsError(source: Self.name, detail: "the role's name is malformed", retryable: true)
        }
        let answer = try await fetch.send("GET", base + Self.rolePath + role, headers: headers)
        return try fetch.credentials(answer, source: "instance role \(role)")
    }

    /// Nil where nothing answers: this is then no EC2 instance.
    private func token() async throws(CredentialsError) -> String? {
        let headers = HTTPHeaders([HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600")])
        let response: HTTPResponse
        do {
            response = try await fetch.send("PUT", base + "/latest/api/token", headers: headers)
        } catch {
            return nil
        }
        let token = String(decoding: response.body, as: UTF8.self)
        guard response.status == 200, !token.isEmpty,
            token.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value < 0x7F })
        else {
            throw CredentialsError(
                source: Self.name, detail: "no session token (status \(response.status))", retryable: true)
        }
        return token
    }

    private var base: String {
        if let given = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") {
            return given.hasSuffix("/") ? String(given.dropLast()) : given
        }
        let useIPv6 = surroundings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")?.lowercased() == "ipv6"
        return useIPv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
    }

    /// IAM's own alphabet for role names.
    private static func isRoleCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            || "+=,.@_-".unicodeScalars.contains(scalar)
    }
}
