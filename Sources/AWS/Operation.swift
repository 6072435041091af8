/// One call of one service: its input is the value itself, its output an associated type. An operation says
/// only what goes on the wire; the protocols `QueryOperation`, `RestXMLOperation` and `JSONOperation` say
/// how.
public protocol Operation: Sendable {
    associatedtype Output: Sendable

    static var service: Service { get }
    /// As AWS spells it: `DescribeDBInstances`.
    static var name: String { get }
    /// False only for the calls that fetch credentials without having any.
    static var isSigned: Bool { get }
    /// A property of the value, since a token or a dry run changes the answer.
    var kind: OperationKind { get }

    /// The request without host, signature and clock; the same value always gives the same bytes.
    func request() -> OperationRequest
    /// Reads a response with a 2xx status.
    static func output(from response: OperationResponse) throws(MalformedResponse) -> Output
    /// Reads a response with any other status. Nil when the body is not an error document of this protocol.
    static func fault(from response: OperationResponse) -> ServiceFault?
    /// What would be sent, flat and printable; it never holds a secret of the caller's.
    var parameters: [(name: String, value: String)] { get }
}

extension Operation {
    public static var isSigned: Bool { true }
}
