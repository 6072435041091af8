import Foundation
import HTTPTransport
import Testing

@Suite("Shutting down")
struct ShutdownTests {
    let server: TestServer

    init() throws {
        server = try .shared
    }

    @Test("ends what is under way and what is in line, and lets nothing in any more")
    func inFlight() async throws {
        let transport = CurlTransport(configuration: .init(maxConnectionsPerHost: 4))
        let path = TestServer.uniquePath("hang")
        let request = HTTPRequest(url: server.http + path, timeouts: Timeouts(total: .seconds(60)))
        let tasks = (0..<20).map { _ in Task { try await transport.failure(request) } }
        try await server.hasGot(4, of: path)
        await transport.shutdown()
        for task in tasks {
            #expect(try await task.value.kind == .shutDown)
        }
        #expect(try await transport.failure(request).kind == .shutDown)
        // Again, and by several: harmless.
        async let once: Void = transport.shutdown()
        async let again: Void = transport.shutdown()
        _ = await (once, again)
    }

    @Test("gives the thread back, also when it is only let go of")
    func threads() async throws {
        let before = try threadCount()
        for number in 0..<200 {
            let transport = CurlTransport()
            if number.isMultiple(of: 2) { await transport.shutdown() }
        }
        // Other tests have threads too, but not a hundred.
        try await eventually("the threads are gone") { try threadCount() < before + 50 }
    }

    @Test("gives the stack of a thread back that nobody joins")
    func stacks() async throws {
        let before = try addressSpaceKilobytes()
        // 8 MB of address space each: 6.4 GB, if they stayed.
        for _ in 0..<800 { _ = CurlTransport() }
        try await eventually("the stacks are gone") {
            try addressSpaceKilobytes() < before + 3_000_000
        }
    }

    private func addressSpaceKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmSize:") })
        return try #require(Int(line.filter(\.isNumber)))
    }

    private func threadCount() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }
}
