/// Reads the error documents of the XML protocols.
enum XMLFault {
    static func read(_ response: OperationResponse) -> ServiceFault? {
        guard let root = try? XMLDocument.parse(response.body) else { return nil }
        let headerID = response.header("x-amzn-requestid")
        switch root.name {
        case "ErrorResponse", "Response":
            // EC2 puts its errors into a list; like botocore, take either form under either root.
            guard let error = root.child("Error") ?? root.child("Errors")?.child("Error") else { return nil }
            return fault(error, root.string("RequestId") ?? root.string("RequestID") ?? headerID)
        case "Error":
            return fault(root, root.string("RequestId") ?? headerID)
        case "InvalidChangeBatch":
            // Route 53 can send this one error without its envelope, as a list of what is wrong.
            let messages =
                root.strings("Messages", item: "Message") + [root.string("message")].compactMap { $0 }
            return ServiceFault(
                code: "InvalidChangeBatch", message: messages.joined(separator: "; "),
                requestID: root.string("RequestId") ?? headerID)
        default:
            return nil
        }
    }

    private static func fault(_ error: XMLElement, _ requestID: String?) -> ServiceFault? {
        guard let code = error.string("Code"), !code.isEmpty else { return nil }
        return ServiceFault(
            code: code, message: error.string("Message") ?? error.string("message") ?? "",
            requestID: requestID)
    }
}
