/// Where services differ in how they read a request. The defaults are right for every AWS service but S3.
public struct SigningOptions: Sendable, Equatable {
    /// Whether `//`, `.` and `..` are resolved in the canonical path. S3 keys may contain them: false there.
    public var normalizePath: Bool
    /// Whether an already escaped path is escaped once more in the canonical request. S3 alone does not.
    public var doubleEncodePath: Bool
    /// Whether to send X-Amz-Content-Sha256. S3 demands it. An unsigned payload always sends it.
    public var includeContentSHA256Header: Bool
    /// When the session token joins the request.
    public var sessionTokenPlacement: SessionTokenPlacement

    /// When the session token joins the request.
    public enum SessionTokenPlacement: Sendable, Equatable {
        /// Before signing, as a signed header or query parameter: what AWS services expect.
        case signed
        /// After signing, outside the signature: what a few services (AWS IoT) expect.
        case appendedUnsigned
    }

    public init(
        normalizePath: Bool = true, doubleEncodePath: Bool = true, includeContentSHA256Header: Bool = false,
        sessionTokenPlacement: SessionTokenPlacement = .signed
    ) {
        self.normalizePath = normalizePath
        self.doubleEncodePath = doubleEncodePath
        self.includeContentSHA256Header = includeContentSHA256Header
        self.sessionTokenPlacement = sessionTokenPlacement
    }

    /// What S3 expects of a header-signed request.
    public static let s3 = SigningOptions(
        normalizePath: false, doubleEncodePath: false, includeContentSHA256Header: true)
}
