import HTTPTransport

/// Answers requests by a script and remembers them.
actor ScriptedTransport: Transport {
    enum Reply: Sendable {
        case answer(Int, String, HTTPHeaders = [])
        case failure(TransportError.Kind, mayHaveReachedServer: Bool)
    }

    private let script: @Sendable (HTTPRequest, Int) -> Reply
    private(set) var requests: [HTTPRequest] = []

    /// `script` gets each request with its number, from 0.
    init(_ script: @escaping @Sendable (HTTPRequest, Int) -> Reply) {
        self.script = script
    }

    /// The replies one after the other, the last one for ever.
    init(_ replies: Reply...) {
        self.init { _, number in replies[min(number, replies.count - 1)] }
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        requests.append(request)
        switch script(request, requests.count - 1) {
        case .answer(let status, let body, let headers):
            return HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
        case .failure(let kind, let mayHaveReachedServer):
            throw TransportError(
                kind: kind, url: request.url, detail: "scripted", mayHaveReachedServer: mayHaveReachedServer)
        }
    }
}

extension ScriptedTransport.Reply {
    /// An error document of the query protocol.
    static func fault(_ status: Int, _ code: String, headers: HTTPHeaders = []) -> Self {
        let error = "<Error><Code>\(code)</Code><Message>said so</Message></Error>"
        return .answer(
            status, "<ErrorResponse>\(error)<RequestId>r-1</RequestId></ErrorResponse>", headers)
    }

    /// A good answer to `PromoteReadReplica`.
    static let promoted = result("PromoteReadReplica", instance("o"))

    /// A page of `DescribeDBInstances`.
    static func page(_ identifiers: [String], marker: String? = nil) -> Self {
        let tail = marker.map { "<Marker>\($0)</Marker>" } ?? ""
        let instances = identifiers.map(instance).joined()
        return result("DescribeDBInstances", "<DBInstances>\(instances)</DBInstances>\(tail)")
    }

    private static func instance(_ identifier: String) -> String {
        "<DBInstance><DBInstanceIdentifier>\(identifier)</DBInstanceIdentifier></DBInstance>"
    }

    private static func result(_ operation: String, _ content: String) -> Self {
        let result = "<\(operation)Result>\(content)</\(operation)Result>"
        return .answer(200, "<\(operation)Response>\(result)</\(operation)Response>")
    }
}
