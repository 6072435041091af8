// FileHandle, which reads within a bound, is not in FoundationEssentials.
import Foundation

/// Reads a file whole, within the bound, as UTF-8.
enum ConfigurationFile {
    static func text(path: String, findings: Findings) -> String? {
        let limit = SourceText.byteLimit
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            // One byte more than allowed: a device or a growing file must not be read to its end.
            data = try handle.read(upToCount: limit + 1) ?? Data()
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
            let isSystem = cause.domain == NSPOSIXErrorDomain
            let reason = isSystem ? String(cString: strerror(Int32(cause.code))) : cause.localizedDescription
            findings.refuse("cannot be read: \(reason)")
            return nil
        }
        guard data.count <= limit else {
            findings.refuse("is larger than 1 MiB")
            return nil
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            findings.refuse(invalidPosition(in: data), "", "is not UTF-8; save the file in that encoding")
            return nil
        }
        return text
    }

    /// Where the first byte stands that is not UTF-8.
    private static func invalidPosition(in data: Data) -> Position {
        var line = 1
        for bytes in data.split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard String(validating: bytes, as: UTF8.self) == nil else {
                line += 1
                continue
            }
            // The replacement character may be in the text itself, but not before the fault in most files.
            let column = String(decoding: bytes, as: UTF8.self).unicodeScalars.firstIndex(of: "\u{FFFD}")
                .map { String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix(upTo: $0).count + 1 }
            return Position(line: line, column: column ?? 1)
        }
        return Position(line: 1, column: 1)
    }
}
