import Failover
import Glibc

/// What one connection to one address came to.
enum ProbeOutcome: Sendable, Equatable {
    /// The first byte that came back, and how long it took.
    case byte(UInt8, after: Duration)
    /// The other side, or the way to it, did not answer as a server does.
    case failed(String)
    /// This host could not even try, which says nothing about the other side.
    case couldNotTry(String)
    case cancelled

    /// What an error of the socket calls means.
    init(error: CInt) {
        switch error {
        case ECONNREFUSED: self = .failed("refused")
        case ECONNRESET, EPIPE, ECONNABORTED: self = .failed("reset")
        case ETIMEDOUT: self = .failed("no answer: the system's own timeout")
        // A router, or the neighbour that should have the address, says that the host is not there.
        case EHOSTUNREACH, EHOSTDOWN: self = .failed("no route to the host")
        // No network, no descriptors, no ports, no memory, a local firewall.
        default: self = .couldNotTry(String(cString: strerror(error)))
        }
    }

    /// As evidence. Nil when it was cancelled: that is not evidence of anything.
    func reading(from address: String) -> Reading<ProbeAnswer>? {
        switch self {
        case .byte(let byte, let span):
            // S and N are the answers to SSLRequest; E begins the error of a server that does not know it, or
            // that has no process to spare: it lives.
            guard [UInt8(ascii: "S"), UInt8(ascii: "N"), UInt8(ascii: "E")].contains(byte) else {
                let text = "0x" + String(byte, radix: 16)
                return .unknown(reason: .malformed, detail: "\(address) answered \(text): not PostgreSQL")
            }
            let letter = String(UnicodeScalar(byte))
            return .known(
                value: ProbeAnswer(answered: true, detail: "answered \(letter) in \(span.text) (\(address))"))
        case .failed(let detail):
            return .known(value: ProbeAnswer(answered: false, detail: "\(detail) (\(address))"))
        case .couldNotTry(let detail):
            return .unknown(reason: .silent, detail: "this host could not try \(address): \(detail)")
        case .cancelled:
            return nil
        }
    }
}
