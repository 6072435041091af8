import HTTPTransport

/// The credentials endpoint of ECS tasks and EKS pods.
public struct ContainerSource: CredentialsSource {
    private static let name = "container credentials"
    private let surroundings: Surroundings
    private let fetch: MetadataFetch

    /// Three tries of 2 s are botocore's own figures.
    public init(_ transport: any Transport, _ surroundings: Surroundings) {
        self.surroundings = surroundings
        fetch = MetadataFetch(
            transport: transport, surroundings: surroundings, source: Self.name, timeout: .seconds(2),
            attempts: 3)
    }

    public func load() async throws(CredentialsError) -> Credentials? {
        guard let url = try address() else { return nil }
        var headers: HTTPHeaders = ["Accept": "application/json"].reduce(into: HTTPHeaders()) {
            $0.append($1.key, $1.value)
        }
        if let token = try authorization() { headers.append("Authorization", token) }
        return try fetch.credentials(await fetch.send("GET", url, headers: headers), source: Self.name)
    }

    private func address() throws(CredentialsError) -> String? {
        if let path = surroundings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            guard path.hasPrefix("/") else { throw failure("the relative URI does not begin with a slash") }
            return "http://169.254.170.2\(path)"
        }
        guard let url = surroundings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") else { return nil }
        if url.hasPrefix("https://") { return url }
        // The authorization token may travel in the clear only where no wire is.
        let authority = url.dropFirst("http://".count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard url.hasPrefix("http://"), Self.isLocal(Self.host(of: authority)) else {
            throw failure("AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http to a local address")
        }
        return url
    }

    private func authorization() throws(CredentialsError) -> String? {
        var token = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        if let file = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
            do {
                token = try surroundings.readFile(file)
            } catch {
                throw failure("the token file \(file) cannot be read")
            }
        }
        guard let token else { return nil }
        // A line end would begin a header of somebody else's making.
        guard !token.unicodeScalars.contains(where: { $0 == "\r" || $0 == "\n" }) else {
            throw failure("the authorization token has a line end in it")
        }
        return token
    }

    private func failure(_ detail: String) -> CredentialsError {
        CredentialsError(source: Self.name, detail: detail, retryable: false)
    }

    private static func host(of authority: Substring) -> String {
        if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
            return String(authority[...close])
        }
        return String(authority.prefix { $0 != ":" })
    }

    private static func isLocal(_ host: String) -> Bool {
        let known: Set = [
            "localhost", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "[::1]",
        ]
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        let isLoopback =
            numbers.count == 4 && numbers.first == "127" && numbers.allSatisfy { UInt8($0) != nil }
        return known.contains(host) || isLoopback
    }
}
