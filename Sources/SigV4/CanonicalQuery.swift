/// Query parameters in SigV4's spelling.
struct CanonicalQuery {
    typealias Parameter = (key: [UInt8], value: [UInt8])

    /// In the order of the URL.
    var parameters: [Parameter]

    init(_ query: ArraySlice<UInt8>) throws(Defect) {
        parameters = []
        guard !query.isEmpty else { return }
        for pair in query.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let key = try PercentEncoding.canonical(pair[..<equals], plusIsSpace: true)
            let value = try PercentEncoding.canonical(pair[equals...].dropFirst(), plusIsSpace: true)
            parameters.append((key, value))
        }
    }

    mutating func append(_ key: String, _ value: String) {
        parameters.append((PercentEncoding.encoded(key), PercentEncoding.encoded(value)))
    }

    /// `key=value` joined with `&`, in the order of the URL.
    var inOrder: [UInt8] { Self.joined(parameters) }

    /// `key=value` joined with `&`, sorted by encoded key and then by encoded value: not by `key=value`,
    /// where the `=` would put `a=` after `a-b=`.
    var sorted: [UInt8] {
        Self.joined(
            parameters.sorted { left, right in
                left.key == right.key
                    ? left.value.lexicographicallyPrecedes(right.value)
                    : left.key.lexicographicallyPrecedes(right.key)
            })
    }

    private static func joined(_ parameters: [Parameter]) -> [UInt8] {
        var output: [UInt8] = []
        for (index, parameter) in parameters.enumerated() {
            if index > 0 { output.append(UInt8(ascii: "&")) }
            output.append(contentsOf: parameter.key)
            output.append(UInt8(ascii: "="))
            output.append(contentsOf: parameter.value)
        }
        return output
    }
}
