import Foundation

/// Where text for people goes: a terminal with a width and perhaps colours, or a file that has neither.
struct Display {
    var colour: Bool
    /// Nil where lines may be as long as they are.
    var columns: Int?
    /// Lines on a terminal; nil elsewhere.
    var rows: Int?

    /// Standard output as it is at this moment.
    static func standardOutput(_ mode: ColourMode) -> Display {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let environment = ProcessInfo.processInfo.environment
        var size = winsize()
        let isKnown = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return Display(
            colour: mode.holds(terminal: isTerminal, environment: environment),
            // Narrower than that no column is of use, and a width of 0 means that nobody knows.
            columns: isKnown ? max(40, Int(size.ws_col)) : nil,
            rows: isKnown && size.ws_row > 0 ? Int(size.ws_row) : nil)
    }

    /// What may be written there: no control bytes but our own, lines that fit, words in colour.
    func rendered(_ text: String) -> String {
        let clean = sanitized(text)
        let fitted = columns.map { Margin(columns: $0).fit(clean) } ?? clean
        return colour ? Painter.paint(fitted) : fitted
    }
}
