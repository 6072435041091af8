/// An IPv4 range of a rule.
public struct IPRange: Sendable, Hashable {
    public var cidrIp: String
    public var description: String?

    public init(cidrIp: String, description: String? = nil) {
        self.cidrIp = cidrIp
        self.description = description
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        cidrIp = try xml.requiredString("cidrIp")
        description = xml.string("description")
    }

    func encode(into form: inout QueryForm) {
        form.add("CidrIp", cidrIp)
        form.add("Description", description)
    }
}
