/// Sets tags; those of the same key are replaced.
public struct AddTagsToResource: RDSOperation {
    public static let name = "AddTagsToResource"
    public var kind: OperationKind { .repeatableMutation }

    /// An ARN.
    public var resourceName: String
    public var tags: [RDSTag]

    public init(resourceName: String, tags: [RDSTag]) {
        self.resourceName = resourceName
        self.tags = tags
    }

    public func encode(into form: inout QueryForm) {
        form.add("ResourceName", resourceName)
        form.list("Tags", item: "Tag", tags) { $1.encode(into: &$0) }
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output { Output() }
}
