/// An address that replaces AWS's own.
public struct EndpointOverride: Sendable, Hashable {
    /// `http` or `https`, host, perhaps port and path. Nil to keep AWS's own host name and only connect
    /// elsewhere.
    public var url: String?
    /// `host:port` to connect to instead of the host in the URL.
    public var connectTo: String?

    public init(url: String? = nil, connectTo: String? = nil) {
        self.url = url
        self.connectTo = connectTo
    }
}
