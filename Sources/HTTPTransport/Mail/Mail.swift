/// One message and the server that takes it. The connection is encrypted, or there is none.
public struct Mail: Sendable {
    public enum Security: Sendable, Equatable {
        /// TLS from the first byte (RFC 8314), by custom on port 465.
        case tls
        /// STARTTLS, which the server must offer; by custom on port 587.
        case startTLS
    }

    public var host: String
    public var port: Int
    public var security: Security
    /// A PEM file of trusted roots in place of the system's.
    public var caBundlePath: String?
    /// Nil for a server that asks for none.
    public var login: Login?
    /// Addresses alone, without names or angle brackets.
    public var sender: String
    /// At least one. Each is tried; the message is sent to those that the server takes.
    public var recipients: [String]
    /// The whole message, with headers and CRLF line ends.
    public var text: [UInt8]
    public var timeouts: Timeouts

    public struct Login: Sendable, CustomStringConvertible, CustomReflectable {
        public var user: String
        var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }

        public var description: String { "(login)" }
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    public init(
        host: String, port: Int, security: Security, caBundlePath: String? = nil, login: Login? = nil,
        sender: String, recipients: [String], text: [UInt8], timeouts: Timeouts = Timeouts()
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.caBundlePath = caBundlePath
        self.login = login
        self.sender = sender
        self.recipients = recipients
        self.text = text
        self.timeouts = timeouts
    }
}

/// Why a message was not taken.
public struct MailError: Error, Sendable, Equatable, CustomStringConvertible {
    public var kind: TransportError.Kind
    /// SMTP's reply code (RFC 5321, 4.2); nil when the server did not come to say one.
    public var reply: Int?
    /// libcurl's own words.
    public var detail: String

    public init(kind: TransportError.Kind, reply: Int? = nil, detail: String) {
        self.kind = kind
        self.reply = reply
        self.detail = detail
    }

    public var description: String { "\(detail)\(reply.map { " (\($0))" } ?? "")" }
}

/// Hands one message over. Tests put their own behind it.
public protocol MailTransport: Sendable {
    /// Ends early with `cancelled` when the calling task is cancelled; the server may have it then.
    func send(_ mail: Mail) async throws(MailError)
}
