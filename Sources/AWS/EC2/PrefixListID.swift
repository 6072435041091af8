/// A prefix list of a rule.
public struct PrefixListID: Sendable, Hashable {
    public var prefixListId: String
    public var description: String?

    public init(prefixListId: String, description: String? = nil) {
        self.prefixListId = prefixListId
        self.description = description
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        prefixListId = try xml.requiredString("prefixListId")
        description = xml.string("description")
    }

    func encode(into form: inout QueryForm) {
        form.add("PrefixListId", prefixListId)
        form.add("Description", description)
    }
}
