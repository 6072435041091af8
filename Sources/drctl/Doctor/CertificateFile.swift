import COpenSSL
import Failover

/// The certificates in a PEM file, and until when they hold.
struct CertificateFile {
    var path: String

    /// More than any bundle of roots has.
    private static let limit = 1000

    /// Nil when the file cannot be read; empty when it holds no certificate.
    func ends() -> [Timestamp]? {
        guard let file = BIO_new_file(path, "r") else {
            ERR_clear_error()
            return nil
        }
        defer {
            BIO_free(file)
            ERR_clear_error()
        }
        var ends: [Timestamp] = []
        while ends.count < Self.limit, let certificate = PEM_read_bio_X509(file, nil, nil, nil) {
            defer { X509_free(certificate) }
            if let end = Self.end(of: certificate) { ends.append(end) }
        }
        return ends
    }

    static func end(of certificate: OpaquePointer) -> Timestamp? {
        guard let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_TIME_free(epoch) }
        var (days, seconds) = (Int32(0), Int32(0))
        guard ASN1_TIME_diff(&days, &seconds, epoch, X509_get0_notAfter(certificate)) == 1 else { return nil }
        return Timestamp(milliseconds: (Int64(days) * 86_400 + Int64(seconds)) * 1000)
    }
}
