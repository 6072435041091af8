/// Publishes a message to a topic, in the topic's own Region.
public struct Publish: SNSOperation {
    public static let name = "Publish"
    /// Only a FIFO topic with an id recognises a repetition; elsewhere two messages go out.
    public var kind: OperationKind { messageDeduplicationId == nil ? .mutation : .repeatableMutation }

    public var topicArn: String?
    public var targetArn: String?
    /// UTF-8, up to 262,144 bytes with the attributes.
    public var message: String
    /// Under 100 characters; printable ASCII is safe with every receiver.
    public var subject: String?
    /// `json` when the message holds one text for each protocol.
    public var messageStructure: String?
    public var messageAttributes: [MessageAttribute]
    public var messageDeduplicationId: String?
    public var messageGroupId: String?

    public init(
        topicArn: String? = nil, targetArn: String? = nil, message: String, subject: String? = nil,
        messageStructure: String? = nil, messageAttributes: [MessageAttribute] = [],
        messageDeduplicationId: String? = nil, messageGroupId: String? = nil
    ) {
        self.topicArn = topicArn
        self.targetArn = targetArn
        self.message = message
        self.subject = subject
        self.messageStructure = messageStructure
        self.messageAttributes = messageAttributes
        self.messageDeduplicationId = messageDeduplicationId
        self.messageGroupId = messageGroupId
    }

    public func encode(into form: inout QueryForm) {
        form.add("TopicArn", topicArn)
        form.add("TargetArn", targetArn)
        form.add("Message", message)
        form.add("Subject", subject)
        form.add("MessageStructure", messageStructure)
        form.list("MessageAttributes", item: "entry", messageAttributes) { $1.encode(into: &$0) }
        form.add("MessageDeduplicationId", messageDeduplicationId)
        form.add("MessageGroupId", messageGroupId)
    }

    public struct Output: Sendable, Hashable {
        public var messageId = ""
        /// Of FIFO topics.
        public var sequenceNumber: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.messageId = try result.requiredString("MessageId")
        output.sequenceNumber = result.string("SequenceNumber")
        return output
    }
}
