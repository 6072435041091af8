// swift-tools-version:6.1
import PackageDescription

// For memory, see docs/performance.md: Swift exports every symbol of a program with its runtime inside, which
// nobody looks up, and the linker gold lays it out with more of it mapped. `now`: no pointer to a function stays
// writable.
let linkedAsShipped = [
    "-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "-z", "-Xlinker", "now",
]

// One target a room; which room may import which is held by Tests/ArchitectureTests.
let package = Package(
    name: "drctl",
    products: [
        .executable(name: "drctl", targets: ["drctl"]),
        .executable(name: "drctl-simulate", targets: ["Simulator"]),
        // For Tests/Benchmarks, and for test suites of others.
        .library(name: "DrctlRooms", targets: ["SigV4", "HTTPTransport", "AWS", "Failover", "Observers"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CResolv"),
        .target(name: "CConcurrency"),
        .target(name: "CMemory"),
        .target(name: "SigV4", dependencies: ["COpenSSL"]),
        .target(name: "HTTPTransport", dependencies: ["CCurl", "CMemory"]),
        .target(name: "AWS", dependencies: ["SigV4", "HTTPTransport", "CLibXML2"]),
        .target(name: "Failover"),
        .target(
            name: "Journal",
            dependencies: ["Failover", "AWS", .product(name: "GRDB", package: "GRDB.swift")]),
        // Not "Configuration": a package that Hummingbird brings along has a target of that name.
        .target(name: "Settings", dependencies: ["Failover", "Yams"]),
        .target(
            name: "Observers", dependencies: ["Failover", "AWS", "HTTPTransport", "CPostgres", "CResolv"]),
        .target(name: "Execution", dependencies: ["Failover", "AWS", "HTTPTransport", "SigV4"]),
        .target(name: "Controller", dependencies: ["Failover", "Journal"]),
        // The webhook without its HTTP server, so that what strangers send can be tested and fuzzed alone.
        .target(
            name: "Webhook",
            dependencies: ["COpenSSL", "Failover", "Journal", "AWS", "HTTPTransport", "SigV4"]),
        .target(
            name: "Server",
            dependencies: [
                "COpenSSL", "Failover", "Journal", "SigV4", "Webhook",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [
                .embedInCode("API/openapi.json"), .embedInCode("Page/page.css"),
                .embedInCode("Page/page.js"), .embedInCode("Page/icon.svg"),
            ]),
        .target(
            name: "Simulation",
            dependencies: [
                "CConcurrency", "Failover", "Controller", "Journal", "Execution", "AWS", "HTTPTransport",
                "Yams",
            ]),
        .target(
            name: "SimulationCommand",
            dependencies: [
                "Failover", "Simulation", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // `drctl simulate` alone, for builds that need no server.
        .executableTarget(
            name: "Simulator",
            dependencies: [
                "SimulationCommand", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "drctl",
            dependencies: [
                "CMemory", "COpenSSL", "AWS", "Failover", "Journal", "Settings", "Observers", "Execution",
                "Controller", "Server", "HTTPTransport", "SimulationCommand", "Webhook",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            linkerSettings: [.unsafeFlags(linkedAsShipped, .when(configuration: .release))]),
        // A test names every room that it imports: one that does not is not built anew when that room changes.
        .testTarget(name: "SigV4Tests", dependencies: ["SigV4"], resources: [.copy("Vectors")]),
        .testTarget(
            name: "HTTPTransportTests", dependencies: ["HTTPTransport", "CMemory"], exclude: ["Support"]),
        .testTarget(name: "AWSTests", dependencies: ["AWS", "HTTPTransport"], resources: [.copy("Vectors")]),
        .testTarget(name: "FailoverTests", dependencies: ["Failover"]),
        .testTarget(name: "JournalTests", dependencies: ["Journal", "AWS", "Failover", "HTTPTransport"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings", "Failover"]),
        .testTarget(
            name: "ObserversTests",
            dependencies: ["Observers", "AWS", "CPostgres", "Failover", "HTTPTransport"]),
        .testTarget(name: "ExecutionTests", dependencies: ["Execution", "AWS", "Failover", "HTTPTransport"]),
        .testTarget(
            name: "ControllerTests", dependencies: ["Controller", "CConcurrency", "Failover", "Journal"]),
        .testTarget(
            name: "WebhookTests",
            dependencies: ["Webhook", "Failover", "HTTPTransport", "Journal"], exclude: ["Kit"]),
        .testTarget(
            name: "ServerTests", dependencies: ["Server", "Failover", "HTTPTransport", "Journal", "Webhook"]),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Simulation", "AWS", "Controller", "Execution", "Failover", "HTTPTransport", "Journal",
            ]),
        .testTarget(
            name: "SimulationCommandTests", dependencies: ["SimulationCommand", "Failover", "Simulation"]),
        .testTarget(name: "ArchitectureTests"),
    ],
    swiftLanguageModes: [.v6]
)
