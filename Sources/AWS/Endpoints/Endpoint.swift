/// Where a request goes, and for which Region it is signed.
public struct Endpoint: Sendable, Hashable {
    /// Scheme, host, perhaps port and a base path; no slash at the end.
    public var url: String
    public var signingRegion: String
    /// `host:port` to connect to instead of the host in `url`, which stays in the Host header and the
    /// signature.
    public var connectTo: String?

    public init(url: String, signingRegion: String, connectTo: String? = nil) {
        self.url = url
        self.signingRegion = signingRegion
        self.connectTo = connectTo
    }
}
