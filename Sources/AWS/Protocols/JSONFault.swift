/// Reads the error documents of the JSON protocols.
enum JSONFault {
    static func read(_ response: OperationResponse) -> ServiceFault? {
        let document = try? JSONReader.parse(response.body)
        let typed = document?["__type"]?.string ?? document?["code"]?.string
        guard let raw = response.header("x-amzn-errortype") ?? typed, let code = code(raw) else { return nil }
        return ServiceFault(
            code: code, message: document?["message"]?.string ?? document?["Message"]?.string ?? "",
            requestID: response.header("x-amzn-requestid"), document: document)
    }

    /// `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException:http://…` holds the code between the
    /// hash sign and the colon.
    private static func code(_ raw: String) -> String? {
        let afterHash = raw.split(separator: "#", omittingEmptySubsequences: false).last ?? ""
        let code = afterHash.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
        return code.isEmpty ? nil : String(code)
    }
}
