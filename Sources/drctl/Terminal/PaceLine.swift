import Foundation

/// One line at the bottom of a terminal that is written over: how long what runs has run. Nothing elsewhere.
struct PaceLine {
    private let columns: Int?

    init() {
        let display = Display.standardOutput(.never)
        columns = isatty(STDOUT_FILENO) == 1 ? display.columns ?? 80 : nil
    }

    func show(_ text: String) {
        guard let columns else { return }
        write("\r\(sanitized(oneLine(text)).prefix(columns - 1))\u{1B}[K")
    }

    /// Before a line that stays.
    func clear() {
        guard columns != nil else { return }
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) {
        fflush(nil)
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
}
