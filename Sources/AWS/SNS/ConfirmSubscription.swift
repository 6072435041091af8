/// Confirms a subscription with the token that SNS sent to its endpoint, in the topic's own Region.
public struct ConfirmSubscription: SNSOperation {
    public static let name = "ConfirmSubscription"
    /// A second one with the same token answers with the same subscription.
    public var kind: OperationKind { .repeatableMutation }

    public var topicArn: String
    /// Valid for two days.
    public var token: String
    /// With true only the topic's and the subscription's owner can end the subscription.
    public var authenticateOnUnsubscribe: Bool

    public init(topicArn: String, token: String, authenticateOnUnsubscribe: Bool) {
        self.topicArn = topicArn
        self.token = token
        self.authenticateOnUnsubscribe = authenticateOnUnsubscribe
    }

    public func encode(into form: inout QueryForm) {
        form.add("TopicArn", topicArn)
        form.add("Token", token)
        // A string in SNS's model, not a boolean.
        form.add("AuthenticateOnUnsubscribe", authenticateOnUnsubscribe ? "true" : "false")
    }

    public struct Output: Sendable, Hashable {
        public var subscriptionArn = ""

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.subscriptionArn = try result.requiredString("SubscriptionArn")
        return output
    }
}
