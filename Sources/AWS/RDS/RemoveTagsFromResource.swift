/// Takes tags away; those that are not there are no error.
public struct RemoveTagsFromResource: RDSOperation {
    public static let name = "RemoveTagsFromResource"
    public var kind: OperationKind { .repeatableMutation }

    /// An ARN.
    public var resourceName: String
    public var tagKeys: [String]

    public init(resourceName: String, tagKeys: [String]) {
        self.resourceName = resourceName
        self.tagKeys = tagKeys
    }

    public func encode(into form: inout QueryForm) {
        form.add("ResourceName", resourceName)
        form.list("TagKeys", item: "member", tagKeys)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output { Output() }
}
