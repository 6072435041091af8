import ArgumentParser
import Foundation

/// When words are coloured. Colour is never the only sign: what it marks is a word of its own.
enum ColourMode: String, ExpressibleByArgument, CaseIterable {
    case never, auto, always

    /// By https://no-color.org: any value but an empty one switches colour off, unless it was asked for.
    func holds(terminal: Bool, environment: [String: String]) -> Bool {
        switch self {
        case .never: false
        case .always: true
        case .auto:
            terminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        }
    }
}
