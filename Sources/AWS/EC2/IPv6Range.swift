/// An IPv6 range of a rule.
public struct IPv6Range: Sendable, Hashable {
    public var cidrIpv6: String
    public var description: String?

    public init(cidrIpv6: String, description: String? = nil) {
        self.cidrIpv6 = cidrIpv6
        self.description = description
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        cidrIpv6 = try xml.requiredString("cidrIpv6")
        description = xml.string("description")
    }

    func encode(into form: inout QueryForm) {
        form.add("CidrIpv6", cidrIpv6)
        form.add("Description", description)
    }
}
