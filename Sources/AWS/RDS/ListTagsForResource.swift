/// The tags of a resource.
public struct ListTagsForResource: RDSOperation {
    public static let name = "ListTagsForResource"
    public var kind: OperationKind { .read }

    /// An ARN.
    public var resourceName: String

    public init(resourceName: String) {
        self.resourceName = resourceName
    }

    public func encode(into form: inout QueryForm) {
        form.add("ResourceName", resourceName)
    }

    public struct Output: Sendable, Hashable {
        public var tagList: [RDSTag] = []

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.tagList = try result.list("TagList", item: "Tag", RDSTag.init)
        return output
    }
}
