/// An operation of the query protocol (RDS, CloudWatch, SNS, STS) or of its EC2 dialect.
public protocol QueryOperation: Operation {
    /// Adds the input, without `Action` and `Version`.
    func encode(into form: inout QueryForm)
    /// Reads the result: the `…Result` element of the query protocol, or the root in the EC2 dialect.
    static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output
    /// The fields that `parameters` must not show.
    static var secretParameters: Set<String> { get }
}

extension QueryOperation {
    public static var secretParameters: Set<String> { [] }

    public func request() -> OperationRequest {
        var form = QueryForm()
        form.add("Action", Self.name)
        form.add("Version", Self.service.apiVersion)
        encode(into: &form)
        return OperationRequest(
            method: "POST", path: "/",
            headers: [.init("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: Array(form.encoded.utf8))
    }

    public static func output(from response: OperationResponse) throws(MalformedResponse) -> Output {
        let root = try XMLDocument.parse(response.body)
        guard root.name == "\(name)Response" else {
            throw MalformedResponse("the root element is <\(root.name)>, not <\(name)Response>")
        }
        if service.wireProtocol == .ec2 { return try decode(root) }
        // Operations without output (PutMetricData) have no result element.
        return try decode(root.child("\(name)Result") ?? XMLElement(name: "\(name)Result"))
    }

    public static func fault(from response: OperationResponse) -> ServiceFault? {
        XMLFault.read(response)
    }

    public var parameters: [(name: String, value: String)] {
        var form = QueryForm()
        encode(into: &form)
        return form.fields.map {
            ($0.name, Self.secretParameters.contains($0.name) ? "<redacted>" : $0.value)
        }
    }
}
