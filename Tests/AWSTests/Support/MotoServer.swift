import Foundation
import HTTPTransport

@testable import AWS

/// A `moto_server` on a free loopback port, for as long as this object lives.
final class MotoServer {
    let url: String
    private let python: String
    private let process: Process

    /// Starts it and waits until it answers.
    static func start() async throws -> MotoServer {
        let server = try MotoServer(python: try await python())
        let deadline = Date(timeIntervalSinceNow: 60)
        while server.process.isRunning, Date() < deadline {
            if (try? await server.post("/moto-api/reset")) == 200 { return server }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Missing(what: "moto_server did not answer within 60 s")
    }

    private init(python: String) throws {
        self.python = python
        // Given port 0 the server tells its port only in its log, so a free one is chosen first.
        let port = try Self.freePort()
        url = "http://127.0.0.1:\(port)"
        let code = "import sys; from moto.server import main; main(sys.argv[1:])"
        process = Self.process(python, ["-c", code, "-H", "127.0.0.1", "-p", "\(port)"])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        // Threads of the Swift runtime block SIGTERM and a child inherits that. Nobody waits: Foundation
        // collects it.
        kill(process.processIdentifier, SIGKILL)
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
    func boto3(_ script: String) async throws -> String {
        let prelude = """
            import boto3
            def aws(service, region="eu-west-1"):
                return boto3.client(service, region_name=region, endpoint_url="\(url)",
                                    aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")

            """
        let result = try await Self.run(Self.process(python, ["-c", prelude + script]))
        guard result.status == 0 else { throw Missing(what: "the boto3 script failed: \(script)") }
        return result.output.trimmedOfSpace
    }

    struct Missing: Error, CustomStringConvertible {
        var what: String
        var description: String { what }
    }

    private static func python() async throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let chosen = ProcessInfo.processInfo.environment["DRCTL_TEST_PYTHON"]
        let python = chosen ?? root.appendingPathComponent(".venv/bin/python").path
        do {
            let check = process(python, ["-c", "import moto.server, boto3"])
            check.standardError = FileHandle.nullDevice
            if try await run(check).status == 0 { return python }
        } catch {
            throw Missing(what: "\(python) does not run: run `make deps`")
        }
        throw Missing(what: "\(python) has no moto: run `make deps`")
    }

    private static func process(_ python: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = arguments
        return process
    }

    /// Runs it to its end. `waitUntilExit` would turn a run loop on a thread of the Swift runtime, for ever.
    private static func run(_ process: Process) async throws -> (status: Int32, output: String) {
        let pipe = Pipe()
        process.standardOutput = pipe
        let status: Int32 = try await withCheckedThrowingContinuation { waiting in
            process.terminationHandler = { waiting.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch {
                process.terminationHandler = nil
                waiting.resume(throwing: error)
            }
        }
        // What these scripts print fits into the pipe.
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        return (status, String(decoding: data, as: UTF8.self))
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
