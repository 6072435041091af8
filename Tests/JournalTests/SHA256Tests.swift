import Testing

@testable import Journal

@Suite struct SHA256Tests {
    /// The first three from NIST's examples for FIPS 180-4.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `The published examples come out`(message: String, digest: String) {
        #expect(hexadecimal(SHA256.digest(Array(message.utf8))) == digest)
    }

    @Test(.enabled(if: Python.isThere))
    func `Every length around the block size agrees with another implementation`() throws {
        let lengths = Array(0...200)
        let theirs = try Python(
            """
            import hashlib
            for n in range(201): print(hashlib.sha256(bytes(i * 7 % 256 for i in range(n))).hexdigest())
            """, []
        ).finish()
        let ours = lengths.map { length in
            hexadecimal(SHA256.digest((0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 % 256) }))
        }
        #expect(theirs.split(separator: "\n").map(String.init) == ours)
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        String(Seal(sequence: 0, digest: bytes).description.dropFirst(2))
    }
}
