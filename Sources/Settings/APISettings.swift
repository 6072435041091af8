import Failover

/// The `api` section: the operator API and the status page, for browsers and other hosts.
public struct APISettings: Sendable, Equatable {
    /// An address of this host. Not a loopback one only with `certificateFile` and `tokensFile`.
    public var listen: Endpoint
    /// Absolute path of a PEM file with the certificate and what it leads to its root by, or the name of a
    /// systemd credential; nil for no TLS. It is there exactly when `keyFile` is.
    public var certificateFile: String?
    /// The same for the key.
    public var keyFile: String?
    /// The same for the file of tokens; nil when everybody on this host may read and nobody may act.
    public var tokensFile: String?

    public static let standardListen = Endpoint(host: "127.0.0.1", port: 9464)

    public init(
        listen: Endpoint = APISettings.standardListen, certificateFile: String? = nil,
        keyFile: String? = nil, tokensFile: String? = nil
    ) {
        self.listen = listen
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.tokensFile = tokensFile
    }
}
