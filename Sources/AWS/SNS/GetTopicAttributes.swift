/// The settings of a topic, by name: `Owner`, `SignatureVersion`, `KmsMasterKeyId`, …
public struct GetTopicAttributes: SNSOperation {
    public static let name = "GetTopicAttributes"
    public var kind: OperationKind { .read }

    public var topicArn: String

    public init(topicArn: String) {
        self.topicArn = topicArn
    }

    public func encode(into form: inout QueryForm) {
        form.add("TopicArn", topicArn)
    }

    public struct Output: Sendable, Hashable {
        public var attributes: [String: String] = [:]

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        for entry in result.child("Attributes")?.children ?? [] where entry.name == "entry" {
            output.attributes[try entry.requiredString("key")] = try entry.requiredString("value")
        }
        return output
    }
}
