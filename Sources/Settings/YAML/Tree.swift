/// A place in the file; both from 1.
public struct Position: Sendable, Hashable, Comparable {
    public var line: Int
    public var column: Int

    public static func < (left: Position, right: Position) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// The file's content with every alias followed: what is left of YAML once its surprises are gone.
struct Tree {
    var position: Position
    var content: Content

    enum Content {
        /// `plain` means written without quotes.
        case scalar(String, plain: Bool)
        case sequence([Tree])
        case mapping([Entry])
        /// Has been reported and means nothing any more.
        case refused
    }

    /// Keys are unique within their mapping.
    struct Entry {
        var key: String
        var keyPosition: Position
        var value: Tree
    }
}
