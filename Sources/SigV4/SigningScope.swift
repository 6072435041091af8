/// The Region and the service a signature is good for.
public struct SigningScope: Sendable, Hashable {
    /// The *signing* Region: `eu-west-1`; `us-east-1` for Route 53, whatever Region the caller lives in.
    public var region: String
    /// The *signing name*, which is not always the host's first label: `rds`, `monitoring` (CloudWatch),
    /// `sns`.
    public var service: String

    public init(region: String, service: String) {
        self.region = region
        self.service = service
    }

    /// `20260102/eu-west-1/rds/aws4_request`
    func credentialScope(dateStamp: String) -> String {
        "\(dateStamp)/\(region)/\(service)/aws4_request"
    }

    func validated() throws(Defect) {
        try Self.validate("Region", region)
        try Self.validate("service", service)
    }

    private static func validate(_ what: String, _ value: String) throws(Defect) {
        // A slash would move the boundary between the parts of the credential scope.
        guard Characters.areVisibleASCII(value), !value.utf8.contains(UInt8(ascii: "/")) else {
            throw Defect(
                .scope, "the signing \(what) is empty or has a character that no \(what) has",
                remedy: "give the plain name, for example eu-west-1 and rds")
        }
    }
}
