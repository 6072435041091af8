import Foundation
import HTTPTransport

@testable import AWS

/// A `moto_server` on a free loopback port, for as long as this object lives.
final class MotoServer {
    let url: String
    private let process: Process

    /// Starts it and waits until it answers.
    static func start() async throws -> MotoServer {
        let server = try MotoServer()
        for _ in 0..<600 {
            guard server.process.isRunning else { break }
            if (try? await server.post("/moto-api/reset")) == 200 { return server }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Missing(what: "moto_server did not answer within 60 s")
    }

    private init() throws {
        let python = try Self.python()
        // The server prints its address when it is given port 0 only through its log, so a free port is
        // chosen first.
        let port = try Self.freePort()
        url = "http://127.0.0.1:\(port)"
        process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            "-c", "import sys; from moto.server import main; main(sys.argv[1:])", "-H", "127.0.0.1", "-p",
            "\(port)",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// Posts to moto's own interface and returns the status.
    func post(_ path: String, _ body: String = "") async throws -> Int {
        try await CurlTransport().send(
            HTTPRequest(method: "POST", url: url + path, body: Array(body.utf8))
        ).status
    }

    /// A client of this server.
    func client(_ credentials: Credentials = .example) -> AWSClient {
        let surroundings = Surroundings(
            now: { WallTime(unixSeconds: Date().timeIntervalSince1970) }, steady: { .zero }, sleep: { _ in },
            random: { 0.5 }, environment: [:], readFile: { _ in throw NoSuchFile() })
        let overrides = Service.all.map { ($0.id, EndpointOverride(url: url)) }
        let settings = EndpointSettings(byService: Dictionary(uniqueKeysWithValues: overrides))
        return AWSClient(
            transport: CurlTransport(), credentials: StaticCredentialsProvider(credentials),
            endpoints: EndpointResolver(settings), surroundings: surroundings,
            policy: RetryPolicy(maxAttempts: 1))
    }

    /// Runs boto3 against this server, for what this room has no operation for. `aws(service, region)` makes
    /// a client; what the script prints comes back.
    func python(_ script: String) throws -> String {
        let prelude = """
            import boto3
            def aws(service, region="eu-west-1"):
                return boto3.client(service, region_name=region, endpoint_url="\(url)",
                                    aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")

            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Self.python())
        process.arguments = ["-c", prelude + script]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Missing(what: "the boto3 script failed: \(script)")
        }
        return text.trimmedOfSpace
    }

    struct Missing: Error, CustomStringConvertible {
        var what: String
        var description: String { what }
    }

    private static func python() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let chosen = ProcessInfo.processInfo.environment["DRCTL_TEST_PYTHON"]
        let python = chosen ?? root.appendingPathComponent(".venv/bin/python").path
        let check = Process()
        check.executableURL = URL(fileURLWithPath: python)
        check.arguments = ["-c", "import moto.server, boto3"]
        check.standardError = FileHandle.nullDevice
        do { try check.run() } catch { throw Missing(what: "there is no \(python): run `make deps`") }
        check.waitUntilExit()
        guard check.terminationStatus == 0 else {
            throw Missing(what: "\(python) has no moto: run `make deps`")
        }
        return python
    }

    /// Asks the kernel for a port that nobody uses.
    private static func freePort() throws -> UInt16 {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard bound else { throw Missing(what: "no free port") }
        return UInt16(bigEndian: address.sin_port)
    }
}
