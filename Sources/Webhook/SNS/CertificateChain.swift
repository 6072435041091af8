import COpenSSL
import Failover

/// The roots that a signing certificate must lead to.
///
/// `@unchecked Sendable`: OpenSSL locks a store for each lookup, and nothing is added to it after `init`.
public final class TrustedRoots: @unchecked Sendable {
    fileprivate let store: OpaquePointer

    /// `caFile`: PEM; nil for the system's. Nil when it cannot be read or holds no certificate.
    public init?(caFile: String?) {
        guard let store = X509_STORE_new() else { return nil }
        let isLoaded =
            if let caFile { X509_STORE_load_file(store, caFile) } else { X509_STORE_set_default_paths(store) }
        ERR_clear_error()
        guard isLoaded == 1 else {
            X509_STORE_free(store)
            return nil
        }
        self.store = store
    }

    deinit { X509_STORE_free(store) }
}

/// A signing certificate, with those that stand between it and a root.
///
/// `@unchecked Sendable`: OpenSSL's certificates are reference-counted and locked; the stack itself changes
/// in `add` alone, which is called before anybody else has it.
final class CertificateChain: @unchecked Sendable {
    enum Trust: Equatable {
        case trusted
        /// A certificate between it and a root is missing; SNS sends its own alone.
        case incomplete
        case untrusted
    }

    /// An attacker's pile of certificates would cost time; Amazon's chains have three.
    static let limit = 5

    private let stack: OpaquePointer

    /// Nil when it is not PEM, or not one to `limit` certificates.
    init?(pem: [UInt8]) {
        guard let stack = copenssl_x509_from_pem(pem, pem.count, Int32(Self.limit)) else { return nil }
        self.stack = stack
    }

    deinit { copenssl_x509_stack_free(stack) }

    private var leaf: OpaquePointer? { copenssl_x509_stack_at(stack, 0) }

    /// Puts an issuer's certificate at the end. False when it is none or there are too many.
    func add(der: [UInt8]) -> Bool {
        copenssl_x509_stack_count(stack) < Int32(Self.limit)
            && copenssl_x509_stack_push_der(stack, der, der.count) == 1
    }

    /// Whether dates, names of issuers, signatures and uses are right all the way to one of `roots`.
    func trust(in roots: TrustedRoots, at now: Timestamp) -> Trust {
        switch copenssl_x509_verify(roots.store, stack, now.milliseconds / 1000) {
        case Int32(X509_V_OK): .trusted
        case Int32(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
            Int32(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT), Int32(X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE):
            .incomplete
        default: .untrusted
        }
    }

    func isFor(oneOf names: [String]) -> Bool {
        guard let leaf else { return false }
        return names.contains { copenssl_x509_is_for(leaf, $0, $0.utf8.count) == 1 }
    }

    /// Where the last one says that its issuer's certificate is: plain HTTP by custom, since what comes back
    /// proves itself. A public name without port, user and query; nil for anything else.
    var issuerAddress: String? {
        guard let last = copenssl_x509_stack_at(stack, copenssl_x509_stack_count(stack) - 1) else {
            return nil
        }
        var buffer = [CChar](repeating: 0, count: 256)
        let length = copenssl_x509_issuer_address(last, &buffer, buffer.count)
        let text = String(validating: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let form = /https?:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}\/[A-Za-z0-9._\/-]+/
        guard let text, text.wholeMatch(of: form) != nil else { return nil }
        return text
    }

    /// Nil when this host's OpenSSL cannot tell: no memory, or a policy that forbids SHA-1, which SNS's
    /// signatures of version 1 need.
    func hasSigned(_ envelope: Envelope) -> Bool? {
        guard let leaf else { return nil }
        let (text, signature) = (envelope.signedText, envelope.signature)
        return
            switch copenssl_x509_has_signed(
                leaf, envelope.signatureVersion == .two ? 1 : 0, text, text.count, signature, signature.count)
        {
        case 1: true
        case 0: false
        default: nil
        }
    }
}
