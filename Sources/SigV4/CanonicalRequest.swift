/// The text whose hash is signed.
enum CanonicalRequest {
    static func bytes(
        method: String, path: [UInt8], query: [UInt8], headers: CanonicalHeaders, payload: PayloadHash
    ) throws(Defect) -> [UInt8] {
        guard Characters.areToken(method) else {
            throw Defect(
                .method, "the method is empty or has a character that no method has",
                remedy: "use GET, POST, PUT, DELETE or HEAD")
        }
        try payload.validated()
        let newline = UInt8(ascii: "\n")
        var output = Array(method.uppercased().utf8)
        output.reserveCapacity(256 + path.count + query.count + headers.block.count)
        output.append(newline)
        output.append(contentsOf: path)
        output.append(newline)
        output.append(contentsOf: query)
        output.append(newline)
        output.append(contentsOf: headers.block)
        output.append(newline)
        output.append(contentsOf: headers.signedNames.utf8)
        output.append(newline)
        output.append(contentsOf: payload.canonicalText.utf8)
        return output
    }
}
