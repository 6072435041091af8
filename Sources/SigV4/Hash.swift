/// SHA-256, HMAC-SHA256 and, for names only, SHA-1 over whole byte arrays.
///
/// These functions stop the process when OpenSSL has no SHA-256 at all: such a process can neither sign nor
/// speak TLS, so there is no work that it could go on with.
public enum Hash {
    /// 32 bytes.
    public static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        orStop { () throws(Defect) in try Cryptography.available().sha256(bytes).bytes }
    }

    /// 64 lower-case hex digits.
    public static func sha256Hex(_ bytes: [UInt8]) -> String {
        orStop { () throws(Defect) in try Cryptography.available().sha256(bytes).hex }
    }

    /// 32 bytes. The key may have any length, zero included.
    public static func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
        orStop { () throws(Defect) in
            let hmac = try Cryptography.available().hmac()
            return try key.withUnsafeBufferPointer { key throws(Defect) in
                try message.withUnsafeBufferPointer { message throws(Defect) in try hmac(key: key, message) }
            }.bytes
        }
    }

    /// 64 lower-case hex digits.
    public static func hmacSHA256Hex(key: [UInt8], message: [UInt8]) -> String {
        hmacSHA256(key: key, message: message).withUnsafeBufferPointer(Hex.lower)
    }

    /// 40 lower-case hex digits. For names that others have chosen with SHA-1, never for security.
    public static func sha1Hex(_ bytes: [UInt8]) -> String {
        orStop { () throws(Defect) in
            try Cryptography.sha1(bytes).withUnsafeBufferPointer(Hex.lower)
        }
    }

    private static func orStop<Value>(_ compute: () throws(Defect) -> Value) -> Value {
        do throws(Defect) {
            return try compute()
        } catch {
            fatalError("\(error.problem); \(error.remedy)")
        }
    }
}
