/// An operation of the rest-xml protocol (Route 53).
public protocol RestXMLOperation: Operation {
    static var method: String { get }
    /// The part of the path that follows the API version, `/hostedzone/Z1/rrset`, percent-encoded.
    var path: String { get }
    /// Adds the query parameters, in order.
    func encode(into query: inout QueryForm)
    /// The request body. Nil for none.
    var body: XMLWriter? { get }
    /// The element that a good answer has at its root.
    static var responseRoot: String { get }
    static func decode(_ root: XMLElement) throws(MalformedResponse) -> Output
}

extension RestXMLOperation {
    public static var method: String { "GET" }
    public static var responseRoot: String { "\(name)Response" }
    public var body: XMLWriter? { nil }

    public func encode(into query: inout QueryForm) {}

    public func request() -> OperationRequest {
        var form = QueryForm()
        encode(into: &form)
        let query = form.fields
            .map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
        return OperationRequest(
            method: Self.method, path: "/\(Self.service.apiVersion)\(path)", query: query,
            body: body.map { Array($0.text.utf8) } ?? [])
    }

    public static func output(from response: OperationResponse) throws(MalformedResponse) -> Output {
        let root = try XMLDocument.parse(response.body)
        guard root.name == responseRoot else {
            throw MalformedResponse("the root element is <\(root.name)>, not <\(responseRoot)>")
        }
        return try decode(root)
    }

    public static func fault(from response: OperationResponse) -> ServiceFault? {
        XMLFault.read(response)
    }

    public var parameters: [(name: String, value: String)] {
        var form = QueryForm()
        encode(into: &form)
        return [("Path", path)] + form.fields + (body?.leaves ?? [])
    }
}
