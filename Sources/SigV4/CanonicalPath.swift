/// The second line of the canonical request.
enum CanonicalPath {
    static func bytes(of path: ArraySlice<UInt8>, options: SigningOptions) throws(Defect) -> [UInt8] {
        guard !path.isEmpty else { return [slash] }
        let resolved = options.normalizePath && isUnusual(path) ? normalized(path) : path
        guard options.doubleEncodePath else {
            return try PercentEncoding.canonical(resolved, keepsSlash: true)
        }
        var output: [UInt8] = []
        output.reserveCapacity(resolved.count)
        for byte in resolved {
            if byte == slash { output.append(byte) } else { PercentEncoding.append(byte, to: &output) }
        }
        return output
    }

    private static let slash = UInt8(ascii: "/")

    /// Whether a segment is empty or begins with a dot; few paths have any.
    private static func isUnusual(_ path: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for byte in path {
            if previous == slash, byte == slash || byte == UInt8(ascii: ".") { return true }
            previous = byte
        }
        return path.first != slash
    }

    /// Drops empty and `.` segments, lets `..` take the segment before it, keeps a trailing slash. A path
    /// that climbs above the root stays at the root. Segments are compared as they are on the wire: `%2e` is
    /// no dot.
    private static func normalized(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var kept: [ArraySlice<UInt8>] = []
        for segment in path.split(separator: slash) {
            if segment.elementsEqual(".".utf8) { continue }
            if segment.elementsEqual("..".utf8) { _ = kept.popLast() } else { kept.append(segment) }
        }
        var output: [UInt8] = [slash]
        output.append(contentsOf: kept.joined(separator: [slash]))
        if path.last == slash, !kept.isEmpty { output.append(slash) }
        return output[...]
    }
}
