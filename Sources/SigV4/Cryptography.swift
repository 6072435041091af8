import COpenSSL

/// OpenSSL's SHA-256 and HMAC, looked up once: a lookup by name costs more than hashing a short text.
///
/// @unchecked is sound: the handles are reference-counted constants that OpenSSL 3 documents as safe to share
/// between threads, and `authenticator` is only ever copied from; all changing state lives in contexts that
/// each call makes for itself.
struct Cryptography: @unchecked Sendable {
    private let digest: OpaquePointer
    /// HMAC that knows its digest and no key: to be told the digest's name costs as much as the HMAC itself.
    private let authenticator: OpaquePointer

    /// Nil when libcrypto has no default provider, which a broken openssl.cnf can cause. Lives as long as the
    /// process, and so is never freed.
    static let shared = Cryptography()

    private init?() {
        guard let digest = EVP_MD_fetch(nil, "SHA256", nil), let mac = EVP_MAC_fetch(nil, "HMAC", nil),
            let authenticator = copenssl_hmac_sha256_new(mac)
        else {
            return nil
        }
        self.digest = digest
        self.authenticator = authenticator
    }

    static func available() throws(Defect) -> Cryptography {
        guard let shared else { throw unavailable }
        return shared
    }

    func sha256(_ bytes: UnsafeBufferPointer<UInt8>) throws(Defect) -> Digest {
        guard let sum = Digest(filledBy: { copenssl_sha256(digest, bytes.baseAddress, bytes.count, $0) == 1 })
        else { throw Self.unavailable }
        return sum
    }

    func sha256(_ bytes: [UInt8]) throws(Defect) -> Digest {
        try bytes.withUnsafeBufferPointer { bytes throws(Defect) in try sha256(bytes) }
    }

    func sha256(_ text: String) throws(Defect) -> Digest {
        try text.withBytes { bytes throws(Defect) in try sha256(bytes) }
    }

    /// For one HMAC after the other.
    func hmac() throws(Defect) -> HMAC {
        guard let context = EVP_MAC_CTX_dup(authenticator) else { throw Self.unavailable }
        return HMAC(context)
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

    /// HMAC-SHA256 with a context of its own.
    struct HMAC: ~Copyable {
        private let context: OpaquePointer

        fileprivate init(_ context: OpaquePointer) {
            self.context = context
        }

        deinit {
            EVP_MAC_CTX_free(context)
        }

        borrowing func callAsFunction(
            key: UnsafeBufferPointer<UInt8>, _ message: UnsafeBufferPointer<UInt8>
        ) throws(Defect) -> Digest {
            let code = Digest { room in
                copenssl_hmac_sha256(
                    context, key.baseAddress, key.count, message.baseAddress, message.count, room) == 1
            }
            guard let code else { throw unavailable }
            return code
        }

        borrowing func callAsFunction(key: Digest, _ message: String) throws(Defect) -> Digest {
            let code = key.withBytes { key in
                message.withBytes { message in
                    Digest { room in
                        copenssl_hmac_sha256(
                            context, key.baseAddress, key.count, message.baseAddress, message.count, room)
                            == 1
                    }
                }
            }
            guard let code else { throw unavailable }
            return code
        }
    }

    private static let unavailable = Defect(
        .cryptography, "OpenSSL did not provide SHA-256 or HMAC",
        remedy: "check that openssl.cnf activates the default or the FIPS provider, and that memory is left")
}
