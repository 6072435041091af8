extension AWSError {
    /// True when DynamoDB refused a write because its condition does not hold.
    public var isConditionalCheckFailure: Bool { code == "ConditionalCheckFailedException" }

    /// The item that did not meet the condition. Nil when there was none, or when this is another error.
    public var refusedItem: [String: AttributeValue]? {
        guard isConditionalCheckFailure, let item = document?["Item"] else { return nil }
        return try? AttributeValue.item(item)
    }
}
