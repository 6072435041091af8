/// One thing that is wrong in the file, with its place and what would be right.
public struct Problem: Sendable, Hashable, Codable, CustomStringConvertible {
    /// As it was given to `load`.
    public var file: String
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars, as editors count.
    public var column: Int
    /// The key's path, `workloads.orders.policy.quorum`; empty for the file as a whole.
    public var path: String
    public var message: String

    public init(file: String, line: Int, column: Int, path: String, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.message = message
    }

    public var description: String {
        let place = "\(file):\(line):\(column): "
        return path.isEmpty ? place + message : place + path + ": " + message
    }
}
