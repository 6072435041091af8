/// Why a file is no outputs of the infrastructure program, or not enough of them. Trying again is useless
/// until the file has been made anew.
public struct OutputsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String

    init(_ description: String) { self.description = description }

    static let remedy =
        "make it with `pulumi stack output --json > flat-outputs.json` in deploy/pulumi"
}
