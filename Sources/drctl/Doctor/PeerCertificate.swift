import COpenSSL
import Failover
import Foundation

/// Until when the certificate holds that a server shows. Nothing is trusted and nothing is said to it:
/// whoever has to trust it checks who issued it.
struct PeerCertificate: Sendable {
    enum Greeting: Sendable {
        case tls
        /// PostgreSQL is asked in the clear first.
        case postgres
    }

    /// Numeric.
    var address: String
    var port: Int
    /// What it is asked for by.
    var name: String
    var greeting: Greeting

    /// For each wait: a connection, an answer.
    private static let patienceSeconds = 3
    /// PostgreSQL's `SSLRequest`: eight bytes, its own length first.
    private static let question: [UInt8] = [0, 0, 0, 8, 4, 210, 22, 47]

    /// Nil when it does not answer, or does not speak TLS.
    func end() async -> Timestamp? {
        await withCheckedContinuation { continuation in
            // A thread that may block: the connection is waited for.
            DispatchQueue.global().async { continuation.resume(returning: look()) }
        }
    }

    private func look() -> Timestamp? {
        guard let descriptor = connected() else { return nil }
        defer { close(descriptor) }
        guard greeting == .tls || isWelcome(descriptor) else { return nil }
        return handshake(descriptor)
    }

    private func connected() -> Int32? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, "\(port)", &hints, &list) == 0, let found = list else { return nil }
        defer { freeaddrinfo(found) }
        let descriptor = socket(found.pointee.ai_family, found.pointee.ai_socktype, 0)
        guard descriptor >= 0 else { return nil }
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        guard connect(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private func isWelcome(_ descriptor: Int32) -> Bool {
        var answer: UInt8 = 0
        return send(descriptor, Self.question, Self.question.count, Int32(MSG_NOSIGNAL)) == 8
            && recv(descriptor, &answer, 1, 0) == 1 && answer == UInt8(ascii: "S")
    }

    private func handshake(_ descriptor: Int32) -> Timestamp? {
        guard let context = SSL_CTX_new(TLS_client_method()) else { return nil }
        defer {
            SSL_CTX_free(context)
            ERR_clear_error()
        }
        guard let session = SSL_new(context) else { return nil }
        defer { SSL_free(session) }
        var name = Array(self.name.utf8CString)
        // What SSL_set_tlsext_host_name is a macro for.
        SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), &name)
        guard SSL_set_fd(session, descriptor) == 1, SSL_connect(session) == 1,
            let certificate = SSL_get1_peer_certificate(session)
        else { return nil }
        defer { X509_free(certificate) }
        return CertificateFile.end(of: certificate)
    }
}
