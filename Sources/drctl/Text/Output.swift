import Foundation
import Server

func printError(_ text: String) {
    FileHandle.standardError.write(Data((sanitized(text) + "\n").utf8))
}

/// What comes from AWS, from the journal or from a person may hold control bytes; a terminal must not obey
/// them.
func sanitized(_ text: String) -> String {
    String(
        String.UnicodeScalarView(
            text.unicodeScalars.map { scalar in
                let isControl = scalar.properties.generalCategory == .control
                return isControl && scalar != "\n" ? "\u{FFFD}" : scalar
            }))
}

/// Prints text for people.
func say(_ text: String) { print(sanitized(text)) }

/// Prints the documented JSON. Control characters are escaped by JSON itself.
func printJSON(_ value: some Encodable) throws {
    let data = try contractEncoder(pretty: true).encode(value)
    print(String(decoding: data, as: UTF8.self))
}

/// Columns padded to the widest cell; the last one is not padded.
func table(_ rows: [[String]], indent: Int = 0) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
        rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
        let cells = row.enumerated().map { index, cell in
            index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
        }
        return String(repeating: " ", count: indent) + cells.joined(separator: "  ")
    }.joined(separator: "\n")
}
