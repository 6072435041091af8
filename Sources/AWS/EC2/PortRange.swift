/// Ports, both ends included.
public struct PortRange: Sendable, Hashable {
    public var from: Int?
    public var to: Int?

    public init(from: Int? = nil, to: Int? = nil) {
        self.from = from
        self.to = to
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        from = try xml.int("from")
        to = try xml.int("to")
    }

    func encode(into form: inout QueryForm) {
        form.add("From", from)
        form.add("To", to)
    }
}
