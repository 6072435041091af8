// swift-tools-version:6.1
import PackageDescription

// A package of its own: what drctl is compared with never becomes a dependency of drctl.
let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "drctl", path: "../.."),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    ],
    targets: [
        .target(name: "Meter"),
        .executableTarget(
            name: "drctl-bench", dependencies: ["Meter", .product(name: "DrctlRooms", package: "drctl")]),
        .executableTarget(
            name: "async-http-client-bench",
            dependencies: ["Meter", .product(name: "AsyncHTTPClient", package: "async-http-client")]),
    ],
    swiftLanguageModes: [.v6]
)
