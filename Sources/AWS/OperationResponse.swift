/// A response as an operation sees it.
public struct OperationResponse: Sendable {
    public var status: Int
    public var body: [UInt8]
    private let headerValue: @Sendable (String) -> String?

    public init(status: Int, body: [UInt8], header: @escaping @Sendable (String) -> String?) {
        self.status = status
        self.body = body
        headerValue = header
    }

    /// The first header of that name, in any case of letters.
    public func header(_ name: String) -> String? {
        headerValue(name)
    }
}
