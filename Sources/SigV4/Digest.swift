/// 32 bytes, a SHA-256 or an HMAC, without an allocation of their own.
struct Digest: Hashable, Sendable {
    private var words: SIMD4<UInt64> = .zero

    /// Nil when `fill`, which gets room for 32 bytes, fails.
    init?(filledBy fill: (UnsafeMutablePointer<UInt8>) -> Bool) {
        let succeeded = withUnsafeMutableBytes(of: &words) { room in
            room.withMemoryRebound(to: UInt8.self) { $0.baseAddress.map(fill) ?? false }
        }
        guard succeeded else { return nil }
    }

    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeBytes(of: words) { $0.withMemoryRebound(to: UInt8.self, body) }
    }

    var bytes: [UInt8] { withBytes { Array($0) } }

    /// 64 lower-case hex digits.
    var hex: String { withBytes(Hex.lower) }
}
