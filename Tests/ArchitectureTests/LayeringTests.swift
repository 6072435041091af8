import Foundation
import Testing

/// SwiftPM lets an undeclared import build once a sibling has been built, so the layering is held here.
@Suite struct LayeringTests {
    /// Which rooms and libraries each room may import. `Foundation`, `FoundationEssentials` and `Glibc` are
    /// the system's; where a room needs them is listed too.
    static let allowed: [String: Set<String>] = [
        "CCurl": [], "COpenSSL": [], "CLibXML2": [], "CPostgres": [], "CResolv": [], "CConcurrency": [],
        "CMemory": [],
        "SigV4": ["COpenSSL"],
        "HTTPTransport": ["CCurl", "CMemory", "system"],
        "AWS": ["SigV4", "HTTPTransport", "CLibXML2", "system"],
        "Failover": [],
        "Journal": ["Failover", "AWS", "GRDB", "system"],
        "Settings": ["Failover", "Yams", "system"],
        "Observers": ["Failover", "AWS", "HTTPTransport", "CPostgres", "CResolv", "system"],
        "Execution": ["Failover", "AWS", "HTTPTransport", "SigV4", "system"],
        "Controller": ["Failover", "Journal"],
        "Webhook": ["COpenSSL", "Failover", "Journal", "AWS", "HTTPTransport", "SigV4", "system"],
        "Server": [
            "COpenSSL", "Failover", "Journal", "SigV4", "Webhook", "Hummingbird", "HummingbirdCore",
            "HummingbirdTLS", "HTTPTypes", "Logging", "NIOCore", "NIOHTTPTypes", "NIOSSL", "system",
        ],
        "Simulation": [
            "CConcurrency", "Failover", "Controller", "Journal", "Execution", "AWS", "HTTPTransport", "Yams",
            "system",
        ],
        "SimulationCommand": ["Failover", "Simulation", "ArgumentParser", "system"],
        "Simulator": ["SimulationCommand", "ArgumentParser", "system"],
        "drctl": [
            "CMemory", "COpenSSL", "AWS", "Failover", "Journal", "Settings", "Observers", "Execution",
            "Controller", "Server", "HTTPTransport", "SimulationCommand", "Webhook", "ArgumentParser",
            "Logging", "system",
        ],
    ]

    static let system: Set<String> = ["Foundation", "FoundationEssentials", "Glibc", "Musl", "Dispatch"]

    @Test func everyRoomIsInTheTable() throws {
        let rooms = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
        #expect(Set(rooms) == Set(Self.allowed.keys))
    }

    @Test(arguments: allowed.keys.sorted())
    func importsOnlyWhatItsRowNames(room: String) throws {
        let permitted = try #require(Self.allowed[room])
        var seen = 0
        for file in try Self.swiftFiles(in: room) {
            for module in try Self.imports(of: file) {
                seen += 1
                let isFine =
                    permitted.contains(module)
                    || (permitted.contains("system") && Self.system.contains(module))
                #expect(isFine, "\(file.lastPathComponent) in \(room) imports \(module)")
            }
        }
        if !permitted.isEmpty { #expect(seen > 0, "no import found in \(room): is the scan broken?") }
    }

    /// An undeclared import is found all the same, but its test is not built anew when that room changes.
    @Test func testsDeclareTheRoomsThatTheyImport() throws {
        let manifest = try String(
            contentsOf: Self.sources.deletingLastPathComponent().appendingPathComponent("Package.swift"),
            encoding: .utf8)
        let rooms = Set(Self.allowed.keys)
        for target in manifest.matches(of: #/testTarget\(\s*name: "(\w+)"[^\[]*\[([^\]]*)\]/#) {
            let declared = Set(target.2.matches(of: #/"(\w+)"/#).map { String($0.1) })
            for file in try Self.swiftFiles(in: "../Tests/\(target.1)") {
                for module in try Self.imports(of: file) where rooms.contains(module) {
                    #expect(
                        declared.contains(module),
                        "\(target.1) does not declare \(module), see \(file.lastPathComponent)"
                    )
                }
            }
        }
    }

    /// On Linux its locks are bare futexes: the thread sanitizer sees races where there are none.
    @Test func nobodyLocksWithWhatTheThreadSanitizerCannotSee() throws {
        let rooms = Self.allowed.keys.sorted() + ["../Tests"]
        for room in rooms {
            for file in try Self.swiftFiles(in: room) where !file.path.contains("/Tests/Benchmarks/") {
                let modules = try Self.imports(of: file)
                #expect(!modules.contains("Synchronization"), "\(file.lastPathComponent) in \(room)")
            }
        }
    }

    /// Wall clocks and random numbers come in as arguments everywhere but in the executable's wiring, and in
    /// the command that tells how long a soak takes: otherwise nothing could be simulated with a seed.
    @Test(arguments: allowed.keys.sorted().filter { !["drctl", "SimulationCommand"].contains($0) })
    func takesTimeAndChanceAsArguments(room: String) throws {
        let banned = [
            "Date()", "Date.now", "ContinuousClock.now", "SystemRandomNumberGenerator", ".random(in:",
        ]
        for file in try Self.swiftFiles(in: room) {
            let text = try String(contentsOf: file, encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
                for word in banned where code.contains(word) {
                    Issue.record("\(file.lastPathComponent):\(number + 1) in \(room) uses \(word)")
                }
            }
        }
    }

    /// Words of this house: see CONTRIBUTING.md.
    @Test func filesAreShortEnoughToRead() throws {
        for room in Self.allowed.keys {
            for file in try Self.swiftFiles(in: room) {
                let lines = try String(contentsOf: file, encoding: .utf8).split(
                    separator: "\n", omittingEmptySubsequences: false)
                #expect(lines.count <= 300, "\(file.lastPathComponent) in \(room) has \(lines.count) lines")
                for (number, line) in lines.enumerated() where line.count > 110 {
                    Issue.record(
                        "\(file.lastPathComponent):\(number + 1) in \(room) is longer than 110 columns")
                }
            }
        }
    }

    static let sources = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources")

    static func swiftFiles(in room: String) throws -> [URL] {
        let folder = sources.appendingPathComponent(room)
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (found?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
    }

    /// `import X`, `@testable import X`, `public import struct X.Y`: the module's name.
    static func imports(of file: URL) throws -> [String] {
        let pattern =
            #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|typealias)\s+)?(\w+)/#
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            (try? pattern.firstMatch(in: line)).flatMap { $0.map { String($0.1) } }
        }
    }
}
