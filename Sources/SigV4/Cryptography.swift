import COpenSSL

/// OpenSSL's SHA-256 and HMAC, looked up once: a lookup by name costs more than hashing a short text.
///
/// @unchecked is sound: both handles are reference-counted constants that OpenSSL 3 documents as safe to
/// share between threads; all changing state lives in contexts that each call makes for itself.
struct Cryptography: @unchecked Sendable {
    private let digest: OpaquePointer
    private let mac: OpaquePointer

    /// Nil when libcrypto has no default provider, which a broken openssl.cnf can cause. Lives as long as the
    /// process, and so is never freed.
    static let shared = Cryptography()

    private init?() {
        guard let digest = EVP_MD_fetch(nil, "SHA256", nil), let mac = EVP_MAC_fetch(nil, "HMAC", nil) else {
            return nil
        }
        self.digest = digest
        self.mac = mac
    }

    static func available() throws(Defect) -> Cryptography {
        guard let shared else { throw unavailable }
        return shared
    }

    func sha256(_ bytes: [UInt8]) throws(Defect) -> [UInt8] {
        try Self.result { copenssl_sha256(digest, bytes, bytes.count, $0) }
    }

    func hmacSHA256(key: [UInt8], message: [UInt8]) throws(Defect) -> [UInt8] {
        try Self.result { copenssl_hmac_sha256(mac, key, key.count, message, message.count, $0) }
    }

    static func sha1(_ bytes: [UInt8]) throws(Defect) -> [UInt8] {
        var succeeded = false
        let output = [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
            succeeded =
                EVP_Q_digest(nil, "SHA1", nil, bytes, bytes.count, buffer.baseAddress, &count) == 1
            if !succeeded { count = 0 }
        }
        guard succeeded else { throw unavailable }
        return output
    }

    private static func result(
        _ compute: (UnsafeMutablePointer<UInt8>?) -> Int32
    ) throws(Defect) -> [UInt8] {
        var succeeded = false
        let output = [UInt8](unsafeUninitializedCapacity: Int(copenssl_sha256_length)) { buffer, count in
            succeeded = compute(buffer.baseAddress) == 1
            count = succeeded ? buffer.count : 0
        }
        guard succeeded else { throw unavailable }
        return output
    }

    private static let unavailable = Defect(
        .cryptography, "OpenSSL did not provide SHA-256 or HMAC",
        remedy: "check that openssl.cnf activates the default or the FIPS provider, and that memory is left")
}
