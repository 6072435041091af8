/// A request as an operation states it, before endpoint, credentials and signature.
public struct OperationRequest: Sendable, Equatable {
    public var method: String
    /// Begins with a slash; already percent-encoded.
    public var path: String
    /// Without the question mark; already percent-encoded; empty when there is none.
    public var query: String
    public var headers: [Header]
    public var body: [UInt8]

    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(method: String, path: String, query: String = "", headers: [Header] = [], body: [UInt8] = [])
    {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// Path and query, as they follow the host.
    public var target: String { query.isEmpty ? path : "\(path)?\(query)" }
}
