/// An operation of the REST-JSON protocol: parameters in the path and the query, the answer in JSON.
protocol RestJSONOperation: Operation {
    static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output
}

extension RestJSONOperation {
    static func output(from response: OperationResponse) throws(MalformedResponse) -> Output {
        try decode(JSONReader.parse(response.body))
    }

    static func fault(from response: OperationResponse) -> ServiceFault? {
        JSONFault.read(response)
    }
}
