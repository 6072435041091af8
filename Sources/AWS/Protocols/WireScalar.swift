/// A value that AWS writes as one text in a form field, an XML element or a URI.
public protocol WireScalar: Sendable {
    var wireText: String { get }
}

extension String: WireScalar {
    public var wireText: String { self }
}

extension Int: WireScalar {
    public var wireText: String { String(self) }
}

extension Bool: WireScalar {
    public var wireText: String { self ? "true" : "false" }
}

extension Double: WireScalar {
    public var wireText: String { String(self) }
}

extension WallTime: WireScalar {
    public var wireText: String { description }
}
