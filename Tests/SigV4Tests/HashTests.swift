import SigV4
import Testing

@Suite("SHA-256 and HMAC")
struct HashTests {
    @Test("The examples of FIPS 180-2")
    func sha256() {
        #expect(
            Hash.sha256Hex(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Hash.sha256Hex([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        #expect(PayloadHash.of([]) == .sha256Hex(Hash.sha256Hex([])))
        #expect(PayloadHash.empty == PayloadHash.of([]))
    }

    @Test(
        "The examples of RFC 4231",
        arguments: [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131),
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func hmac(key: [UInt8], message: String, hex: String) {
        let code = Hash.hmacSHA256(key: key, message: Array(message.utf8))
        #expect(code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == hex)
    }

    @Test("An empty key and an empty message are a key and a message")
    func emptyKeyAndMessage() {
        // HMAC pads keys with zeros, so no key and one zero byte are the same key.
        #expect(Hash.hmacSHA256(key: [], message: [1]) == Hash.hmacSHA256(key: [0], message: [1]))
        #expect(Hash.hmacSHA256(key: [], message: []) == Hash.hmacSHA256(key: [0], message: []))
        #expect(Hash.hmacSHA256(key: [], message: []) != Hash.hmacSHA256(key: [], message: [0]))
    }
}
