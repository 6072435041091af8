/// An error document of AWS, as it came.
public struct ServiceFault: Sendable, Equatable {
    public var code: String
    public var message: String
    public var requestID: String?
    /// The whole document, where the protocol is JSON: some errors carry data (DynamoDB's refused item).
    public var document: JSONValue?

    public init(code: String, message: String, requestID: String? = nil, document: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.requestID = requestID
        self.document = document
    }
}
