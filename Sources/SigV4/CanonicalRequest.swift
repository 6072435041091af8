/// The text whose hash is signed.
enum CanonicalRequest {
    static func bytes(
        method: String, path: [UInt8], query: [UInt8], headers: CanonicalHeaders, signedNames: String,
        payload: PayloadHash
    ) throws(Defect) -> [UInt8] {
        guard Characters.areToken(method) else {
            throw Defect(
                .method, "the method is empty or has a character that no method has",
                remedy: "use GET, POST, PUT, DELETE or HEAD")
        }
        try payload.validated()
        let newline = UInt8(ascii: "\n")
        var output: [UInt8] = []
        output.reserveCapacity(256 + path.count + query.count + headers.block.count)
        // A token is ASCII.
        method.withBytes { method in
            for byte in method { output.append(byte >= 0x61 && byte <= 0x7A ? byte & ~0x20 : byte) }
        }
        output.append(newline)
        output.append(contentsOf: path)
        output.append(newline)
        output.append(contentsOf: query)
        output.append(newline)
        output.append(contentsOf: headers.block)
        output.append(newline)
        output.append(signedNames)
        output.append(newline)
        output.append(payload.canonicalText)
        return output
    }
}
