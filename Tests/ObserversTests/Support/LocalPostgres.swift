import Foundation

@testable import Observers

/// A real PostgreSQL server in a directory of its own, stopped and removed with its last holder.
final class LocalPostgres: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let port: Int
    /// Also where its Unix socket is, over which everybody is let in.
    let directory: String
    private let binaries: String

    /// `asks`: for passwords, over TCP.
    init(asks: Bool = false) throws {
        binaries = try Self.findBinaries()
        guard let port = closedPort() else { throw Failure(description: "no free port") }
        self.port = port
        directory = try Self.makeDirectory()
        if isRoot { try run(["/bin/chown", "postgres", directory], asServer: false) }
        try run([
            binaries + "/initdb", "-D", data, "-A", "trust", "--no-sync", "-E", "UTF8", "-U", "postgres",
        ])
        if asks {
            let lines = """
                local all all trust
                host all all all scram-sha-256
                host replication all all trust

                """
            try lines.write(toFile: data + "/pg_hba.conf", atomically: false, encoding: .utf8)
        }
        try start(ssl: false)
    }

    deinit {
        try? stop()
        try? run(["/bin/rm", "-rf", directory], asServer: false)
    }

    /// A streaming replica of a running server.
    init(replicaOf primary: LocalPostgres) throws {
        binaries = primary.binaries
        guard let port = closedPort() else { throw Failure(description: "no free port") }
        self.port = port
        directory = try Self.makeDirectory()
        if isRoot { try run(["/bin/chown", "postgres", directory], asServer: false) }
        try run([
            binaries + "/pg_basebackup", "-h", "127.0.0.1", "-p", "\(primary.port)", "-U", "postgres", "-D",
            data, "-R", "-X", "stream", "-c", "fast", "--no-sync",
        ])
        try start(ssl: false)
    }

    private static func makeDirectory() throws -> String {
        var template = Array("/tmp/drctl-postgres-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(description: "no temporary directory") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private var data: String { directory + "/data" }
    /// Of the server, and its own authority.
    var certificate: String { data + "/server.crt" }

    func promote() throws { try run([binaries + "/pg_ctl", "-D", data, "-w", "promote"]) }

    func start(ssl: Bool) throws {
        var options = "-p \(port) -k \(directory) -c listen_addresses=127.0.0.1 -c fsync=off"
        if ssl {
            try run([
                "/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:orders.example.test",
                "-keyout", data + "/server.key", "-out", data + "/server.crt",
            ])
            options += " -c ssl=on"
        }
        let log = directory + "/log"
        try run([binaries + "/pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"])
    }

    func stop() throws {
        try run([binaries + "/pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"])
    }

    /// Of the newest version that Debian's packages have installed.
    private static func findBinaries() throws -> String {
        let found = (9...40).reversed().map { "/usr/lib/postgresql/\($0)/bin" }.first {
            access($0 + "/initdb", X_OK) == 0
        }
        guard let found else {
            throw Failure(description: "PostgreSQL is not installed: apt-get install postgresql")
        }
        return found
    }

    /// Runs a command to its end, its output thrown away. The server refuses to run as root.
    private func run(_ command: [String], asServer: Bool = true) throws {
        let full = isRoot && asServer ? ["/sbin/runuser", "-u", "postgres", "--"] + command : command
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Not a pipe: the server that pg_ctl leaves behind would keep it open.
        for descriptor in 0...2 as ClosedRange<CInt> {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // The server would hold the sockets of the other tests open. Closing what is not open is no error.
        for descriptor in 3..<1024 as Range<CInt> {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var arguments = full.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        guard posix_spawn(&child, full[0], &actions, nil, &arguments, environ) == 0 else {
            throw Failure(description: "\(full[0]) could not be started")
        }
        var status: CInt = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            throw Failure(description: "\(full.joined(separator: " ")) ended with status \(status)")
        }
    }

    private var isRoot: Bool { getuid() == 0 }
}
