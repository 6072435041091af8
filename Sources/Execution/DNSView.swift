/// What a resolver says about a name.
public struct DNSView: Sendable, Equatable {
    /// Where the aliases lead, in order, without the name that was asked for.
    public var names: [String]
    /// Numeric addresses at the end of the chain.
    public var addresses: [String]
    /// Why there is no address; nil when there is one.
    public var failure: String?

    public init(names: [String], addresses: [String], failure: String? = nil) {
        self.names = names.map(Self.bare)
        self.addresses = addresses
        self.failure = failure
    }

    /// A name as DNS compares it: in lower case and without the final dot.
    static func bare(_ name: String) -> String {
        let lower = name.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }
}
