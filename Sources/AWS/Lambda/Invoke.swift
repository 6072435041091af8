extension Service {
    public static let lambda = Service(
        id: "lambda", title: "Lambda", endpointPrefix: "lambda", signingName: "lambda",
        environmentID: "LAMBDA", apiVersion: "2015-03-31", wireProtocol: .restJSON)
}

/// Runs a function.
public struct Invoke: Operation {
    public static let service = Service.lambda
    public static let name = "Invoke"
    /// Nobody knows what a function does, so twice may not be the same as once.
    public var kind: OperationKind { invocationType == "DryRun" ? .read : .mutation }

    /// A name or an ARN, perhaps with a version.
    public var functionName: String
    /// `RequestResponse`, `Event` (not waited for) or `DryRun`. Nil for the first.
    public var invocationType: String?
    /// A version or an alias.
    public var qualifier: String?
    /// Usually JSON; up to 6 MB, 1 MB for an event.
    public var payload: [UInt8]

    public init(
        functionName: String, invocationType: String? = nil, qualifier: String? = nil, payload: [UInt8] = []
    ) {
        self.functionName = functionName
        self.invocationType = invocationType
        self.qualifier = qualifier
        self.payload = payload
    }

    public func request() -> OperationRequest {
        OperationRequest(
            method: "POST",
            path: "/\(Self.service.apiVersion)/functions/\(PercentEncoding.encode(functionName))/invocations",
            query: qualifier.map { "Qualifier=\(PercentEncoding.encode($0))" } ?? "",
            headers: invocationType.map { [.init("X-Amz-Invocation-Type", $0)] } ?? [], body: payload)
    }

    /// Without the payload, of which nobody knows what it holds.
    public var parameters: [(name: String, value: String)] {
        let present: [(String, String?)] = [
            ("FunctionName", functionName), ("InvocationType", invocationType), ("Qualifier", qualifier),
        ]
        return present.compactMap { name, value in value.map { (name, $0) } }
    }

    public struct Output: Sendable, Hashable {
        /// 200, 202 for an event, 204 for a dry run.
        public var statusCode: Int
        /// `Handled` or `Unhandled` when the function itself failed, which is no error of the call.
        public var functionError: String?
        public var executedVersion: String?
        public var payload: [UInt8]
    }

    public static func output(from response: OperationResponse) throws(MalformedResponse) -> Output {
        Output(
            statusCode: response.status, functionError: response.header("X-Amz-Function-Error"),
            executedVersion: response.header("X-Amz-Executed-Version"), payload: response.body)
    }

    public static func fault(from response: OperationResponse) -> ServiceFault? {
        JSONFault.read(response)
    }
}
