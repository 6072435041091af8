/// A complete answer. Every status is an answer, also 4xx and 5xx; redirects are not followed.
public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    /// The final answer's header lines, in order; those of 1xx answers, of a proxy's answer to CONNECT, and
    /// trailers are left out.
    public var headers: HTTPHeaders
    public var body: [UInt8]

    public init(status: Int, headers: HTTPHeaders = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
