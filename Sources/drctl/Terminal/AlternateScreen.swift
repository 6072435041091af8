import Foundation

/// The terminal's second screen: what was on the first one is there again at the end.
struct AlternateScreen {
    func open() { write("\u{1B}[?1049h\u{1B}[?25l") }

    func close() { write("\u{1B}[?25h\u{1B}[?1049l") }

    /// Line by line over what is there, so that nothing flickers; what is left of the old picture is erased.
    func draw(_ text: String, rows: Int?) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        // The last row stays empty: a line break in it would scroll.
        if let rows, lines.count > rows - 1 {
            let hidden = lines.count - rows + 2
            lines = lines.prefix(max(0, rows - 2)) + ["... \(hidden) more lines: a higher window shows them"]
        }
        write("\u{1B}[H" + lines.map { "\($0)\u{1B}[K\r\n" }.joined() + "\u{1B}[J")
    }

    /// A terminal that is gone takes nothing; the signal that comes with that ends the command.
    private func write(_ text: String) { try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) }
}
