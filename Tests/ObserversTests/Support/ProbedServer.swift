import Failover
import Foundation
import Testing

@testable import Observers

/// A real server set up as docs/sql-probe.md says, with the password in a file.
final class ProbedServer {
    static let password = "a long one & 'quoted'"
    /// Nothing is resolved but this name, which the server's certificate bears.
    static let host = "orders.example.test"

    let server: LocalPostgres
    let console: SQLConsole
    let passwordFile: String

    init(ssl: Bool = false) throws {
        server = try LocalPostgres(asks: true)
        if ssl {
            try server.stop()
            try server.start(ssl: true)
        }
        console = try SQLConsole(server)
        let quoted = Self.password.replacing("'", with: "''")
        try console.run(Self.setup().replacing("choose-a-long-one", with: quoted))
        passwordFile = server.directory + "/password"
        try write(Self.password + "\n", mode: 0o600)
    }

    /// The SQL of the documentation.
    static func setup() throws -> String {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("docs/sql-probe.md")
        let parts = try String(contentsOf: page, encoding: .utf8).split(separator: "```")
        return String(try #require(parts.first { $0.hasPrefix("sql\n") }).dropFirst(4))
    }

    /// Replaces the file.
    func write(_ text: String, mode: mode_t) throws {
        try? FileManager.default.removeItem(atPath: passwordFile)
        try text.write(toFile: passwordFile, atomically: false, encoding: .utf8)
        try #require(chmod(passwordFile, mode) == 0)
    }

    func access(
        tls: SQLAccess.TLS = .disable, canary: Bool = true, user: String = "drctl_probe",
        database: String = "postgres"
    ) -> SQLAccess {
        SQLAccess(database: database, user: user, passwordFile: passwordFile, tls: tls, canary: canary)
    }

    /// What the probe says of the server at `port`, its own if nil.
    func ask(
        _ task: SQLOrder.Task = .write("shop"), _ access: SQLAccess? = nil, host: String = "127.0.0.1",
        port: Int? = nil, tellsPosition: Bool = true, limit: Duration = .seconds(60)
    ) async throws -> SQLAnswer {
        let names = try #require(
            DNSServer(.zone([Self.host: [.ipv4("127.0.0.1", ttl: 5)]], followsAliases: true)))
        var context = ObserverContext.test(resolver: Resolver(servers: [names.server]))
        context.sqlLimit = limit
        let question = SQLQuestion(
            access: access ?? self.access(), task: task, tellsPosition: tellsPosition)
        let reading = await Probe(context: context).once(
            Endpoint(host: host, port: port ?? server.port), asking: question)
        let answer = try #require(reading.value, "\(reading)")
        #expect(!"\(answer)".contains("a long one"), "a password is shown")
        return try #require(answer.sql, "\(answer.detail)")
    }
}
