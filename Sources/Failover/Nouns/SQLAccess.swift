/// How a database is asked in SQL, beside the bare connection: `sql` in config.yaml. It holds no secret, only
/// the name of the file that does.
public struct SQLAccess: Sendable, Hashable, Codable {
    /// The PostgreSQL database to connect to, and as whom.
    public var database: String
    public var user: String
    /// Absolute path of the file with the user's password.
    public var passwordFile: String
    public var tls: TLS
    /// Whether the writer is asked to commit a row of `drctl.heartbeat`. Without it only reads are tried,
    /// which a server whose storage hangs may go on answering.
    public var canary: Bool

    public enum TLS: Sendable, Hashable, Codable {
        /// The server's certificate must come from one of the authorities in this PEM file (absolute path)
        /// and name the endpoint's host.
        case verifyFull(caBundle: String)
        /// Encrypted to whoever answers: an impostor may ask for the password, and gets it.
        case require
        /// Only for servers on this host.
        case disable
    }

    public init(database: String, user: String, passwordFile: String, tls: TLS, canary: Bool = true) {
        self.database = database
        self.user = user
        self.passwordFile = passwordFile
        self.tls = tls
        self.canary = canary
    }
}
