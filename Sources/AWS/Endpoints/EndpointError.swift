/// Why there is no endpoint.
public enum EndpointError: Error, Sendable, Equatable, CustomStringConvertible {
    case region(String)
    case override(String)

    public var description: String {
        switch self {
        case .region(let name): "\"\(name.prefix(80))\" is no Region name"
        case .override(let url): "\"\(url.prefix(200))\" is no endpoint URL (http or https, host, port, path)"
        }
    }
}
