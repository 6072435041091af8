/// A name that cannot be mistaken for a name of another kind: mixing up a workload and a database is how the
/// wrong thing gets failed over.
public protocol Name: RawRepresentable<String>, Hashable, Comparable, Codable, Sendable,
    CustomStringConvertible,
    ExpressibleByStringLiteral
{
    init(rawValue: String)
}

extension Name {
    public init(_ text: String) { self.init(rawValue: text) }
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    public var description: String { rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// What fails over together: 1 to 63 of `a-z`, `0-9` and `-`.
public struct WorkloadID: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A database within its workload.
public struct DatabaseID: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// An AWS Region's code, such as `eu-west-1`.
public struct Region: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A rule's stable id, such as `confirmed-automatic`; records name it, so an id is never reused for another
/// rule.
public struct RuleID: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A step's id within its plan, such as `3-promote:orders`.
public struct StepID: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}
