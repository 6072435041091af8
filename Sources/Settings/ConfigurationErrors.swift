/// Everything that is wrong with a configuration, sorted by place. Trying again is safe and useless until the
/// file has been changed.
public struct ConfigurationErrors: Error, Sendable, Equatable, CustomStringConvertible {
    /// At least one, at most 200.
    public var problems: [Problem]

    public init(problems: [Problem]) { self.problems = problems }

    /// One problem a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
