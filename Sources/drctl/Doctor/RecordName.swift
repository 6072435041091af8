/// Names as DNS compares them.
enum RecordName {
    static func same(_ left: String, _ right: String) -> Bool { plain(left) == plain(right) }

    /// In lower case, without the final dot, and with Route 53's `\ooo` read back.
    static func plain(_ name: String) -> String {
        var result = ""
        var rest = Substring(name.lowercased())
        while let first = rest.first {
            let code = rest.dropFirst().prefix(3)
            if first == "\\", code.count == 3, let value = UInt8(code, radix: 8) {
                result.unicodeScalars.append(Unicode.Scalar(value))
                rest = rest.dropFirst(4)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result.hasSuffix(".") ? String(result.dropLast()) : result
    }
}
