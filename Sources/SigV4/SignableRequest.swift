/// A request as it will go on the wire, before it carries a signature.
public struct SignableRequest: Sendable {
    /// The HTTP method; signed in upper case.
    public var method: String
    /// The absolute http or https URL, byte for byte as it goes on the wire: already percent-encoded, no user
    /// name, no fragment, at most `maximumURLBytes` bytes.
    public var url: String
    /// The headers in wire order. A name may repeat, and a value may go on in the next line after a blank: it
    /// is sent on one line. Host is taken from the URL unless it is given here.
    public var headers: [(name: String, value: String)]
    /// The hash of the body. Default: the hash of no bytes.
    public var payload: PayloadHash

    /// AWS front ends stop at 8 to 16 KiB; the bound only keeps a runaway caller from costing memory.
    public static let maximumURLBytes = 65_536

    public init(
        method: String, url: String, headers: [(name: String, value: String)] = [],
        payload: PayloadHash = .empty
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.payload = payload
    }
}
