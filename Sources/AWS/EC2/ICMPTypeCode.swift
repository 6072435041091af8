/// A type and a code of ICMP; -1 for all.
public struct ICMPTypeCode: Sendable, Hashable {
    public var type: Int?
    public var code: Int?

    public init(type: Int? = nil, code: Int? = nil) {
        self.type = type
        self.code = code
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        type = try xml.int("type")
        code = try xml.int("code")
    }

    func encode(into form: inout QueryForm) {
        form.add("Type", type)
        form.add("Code", code)
    }
}
