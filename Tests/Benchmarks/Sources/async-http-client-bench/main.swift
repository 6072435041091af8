import AsyncHTTPClient
import Meter
import NIOCore
import NIOPosix
import NIOSSL

// The same exchange as `drctl-bench exchange`, with swift-server's client, set up as well as its documents
// say: one event loop, since it gets one core, and as many connections as requests.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 5, let inFlight = Int(arguments[3]), let seconds = Double(arguments[4]) else {
    stop("URL CA FILE IN-FLIGHT SECONDS")
}
let url = arguments[0]
let body = ByteBuffer(bytes: contents(of: arguments[2]))

var configuration = HTTPClient.Configuration()
configuration.tlsConfiguration = .makeClientConfiguration()
configuration.tlsConfiguration?.trustRoots = .file(arguments[1])
configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = inFlight
let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let client = HTTPClient(eventLoopGroupProvider: .shared(loops), configuration: configuration)

func requests(for span: Double) async throws -> Int {
    let meter = Meter()
    return try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<inFlight {
            group.addTask {
                var count = 0
                while meter.wall < span {
                    var request = HTTPClientRequest(url: url)
                    request.method = .POST
                    for (name, value) in headers { request.headers.add(name: name, value: value) }
                    request.body = .bytes(body)
                    let response = try await client.execute(request, timeout: .seconds(15))
                    let answer = try await response.body.collect(upTo: 8 << 20)
                    guard response.status == .ok, answer.readableBytes > 1000 else {
                        stop("the server answered \(response.status), \(answer.readableBytes) bytes")
                    }
                    count += 1
                }
                return count
            }
        }
        return try await group.reduce(0, +)
    }
}

/// Those of a signed request.
let headers = [
    ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
    ("X-Amz-Date", "20260102T030405Z"),
    ("X-Amz-Content-Sha256", String(repeating: "0123456789abcdef", count: 4)),
    (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-west-1/rds/aws4_request, SignedHeaders="
            + "content-type;host;x-amz-content-sha256;x-amz-date, Signature="
            + String(repeating: "0123456789abcdef", count: 4)
    ),
    ("User-Agent", "drctl"),
]

_ = try await requests(for: 0.3)
let meter = Meter()
let count = try await requests(for: seconds)
report([
    ("count", Double(count)), ("cpu", meter.cpu), ("wall", meter.wall),
    ("peakKiB", Double(Meter.peakResidentKiB)),
])
try await client.shutdown()
try await loops.shutdownGracefully()
