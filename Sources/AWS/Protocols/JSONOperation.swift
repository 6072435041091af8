/// An operation of the JSON protocols, 1.0 and 1.1 (DynamoDB, Secrets Manager, ECS, …).
public protocol JSONOperation: Operation {
    func encode() -> JSONValue
    static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output
    /// The leaves that `parameters` must not show.
    static var secretParameters: Set<String> { get }
}

extension JSONOperation {
    public static var secretParameters: Set<String> { [] }

    public func request() -> OperationRequest {
        guard case .json(let version, let targetPrefix) = Self.service.wireProtocol else {
            preconditionFailure("\(Self.name) is a JSON operation of a service that does not speak JSON")
        }
        return OperationRequest(
            method: "POST", path: "/",
            headers: [
                .init("X-Amz-Target", "\(targetPrefix).\(Self.name)"),
                .init("Content-Type", "application/x-amz-json-\(version)"),
            ],
            body: Array(encode().text.utf8))
    }

    public static func output(from response: OperationResponse) throws(MalformedResponse) -> Output {
        try decode(JSONReader.parse(response.body))
    }

    public static func fault(from response: OperationResponse) -> ServiceFault? {
        JSONFault.read(response)
    }

    public var parameters: [(name: String, value: String)] {
        encode().leaves.map { ($0.name, Self.secretParameters.contains($0.name) ? "<redacted>" : $0.value) }
    }
}
