import Foundation

/// A real PostgreSQL server in a directory of its own, stopped and removed with its last holder.
final class LocalPostgres: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let port: Int
    private let directory: String
    private let binaries: String

    init() throws {
        binaries = try Self.findBinaries()
        guard let port = closedPort() else { throw Failure(description: "no free port") }
        self.port = port
        directory = NSTemporaryDirectory() + "drctl-postgres-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        // The server refuses to run as root.
        if getuid() == 0 { try Self.run(["/bin/chown", "postgres", directory], asRoot: true) }
        try Self.run([binaries + "/initdb", "-D", data, "-A", "trust", "--no-sync", "-E", "UTF8"])
        try start(ssl: false)
    }

    deinit {
        try? stop()
        try? FileManager.default.removeItem(atPath: directory)
    }

    private var data: String { directory + "/data" }

    func start(ssl: Bool) throws {
        var options = "-p \(port) -k \(directory) -c listen_addresses=127.0.0.1 -c fsync=off"
        if ssl {
            try Self.run([
                "/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
                "-subj", "/CN=localhost", "-keyout", data + "/server.key", "-out", data + "/server.crt",
            ])
            options += " -c ssl=on"
        }
        let log = directory + "/log"
        try Self.run([binaries + "/pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"])
    }

    func stop() throws {
        try Self.run([binaries + "/pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"])
    }

    private static func findBinaries() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let found = versions.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }.last {
            FileManager.default.isExecutableFile(atPath: "\(root)/\($0)/bin/initdb")
        }
        guard let found else {
            throw Failure(description: "PostgreSQL is not installed: apt-get install postgresql")
        }
        return "\(root)/\(found)/bin"
    }

    private static func run(_ command: [String], asRoot: Bool = false) throws {
        let process = Process()
        let full =
            getuid() == 0 && !asRoot ? ["/sbin/runuser", "-u", "postgres", "--"] + command : command
        process.executableURL = URL(fileURLWithPath: full[0])
        process.arguments = Array(full.dropFirst())
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        // Not a pipe: the server that pg_ctl leaves behind would keep it open.
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: "\(full.joined(separator: " ")) ended with \(process.terminationStatus)")
        }
    }
}
