/// How the body enters the signature.
public enum PayloadHash: Sendable, Equatable {
    /// The lower-case hex SHA-256 of the exact bytes of the body (64 digits).
    case sha256Hex(String)
    /// The body is not signed. S3 accepts this, and only over TLS; for other services it is refused by AWS.
    case unsigned

    /// The hash of a body of no bytes.
    public static let empty = PayloadHash.sha256Hex(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

    /// The hash of these bytes.
    public static func of(_ bytes: [UInt8]) -> PayloadHash {
        bytes.isEmpty ? .empty : .sha256Hex(Hash.sha256Hex(bytes))
    }

    /// The last line of the canonical request.
    var canonicalText: String {
        switch self {
        case .sha256Hex(let hex): hex
        case .unsigned: "UNSIGNED-PAYLOAD"
        }
    }

    func validated() throws(Defect) {
        guard case .sha256Hex(let hex) = self else { return }
        let isLowerHex = hex.withBytes { bytes in
            bytes.count == 64 && bytes.allSatisfy { $0 >= 48 && $0 <= 57 || $0 >= 97 && $0 <= 102 }
        }
        guard isLowerHex else {
            throw Defect(
                .payloadHash, "the payload hash is not 64 lower-case hex digits",
                remedy: "use PayloadHash.of(_:) on the bytes of the body")
        }
    }
}
