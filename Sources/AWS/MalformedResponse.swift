/// A body that is not what the protocol says it must be. `detail` names the place and never quotes the body
/// at length, since a body can hold credentials.
public struct MalformedResponse: Error, Sendable, Equatable, CustomStringConvertible {
    public var detail: String

    public init(_ detail: String) {
        self.detail = detail
    }

    public var description: String { detail }
}
