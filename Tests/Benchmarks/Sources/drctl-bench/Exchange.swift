import HTTPTransport
import Meter

/// Keeps `inFlight` requests under way until the time is over.
func exchange(url: String, caBundle: String, body: [UInt8], inFlight: Int, seconds: Double) async throws {
    let transport = CurlTransport(
        configuration: .init(
            caBundlePath: caBundle, maxConnectionsPerHost: inFlight, maxConnections: max(256, inFlight)))
    let request = HTTPRequest(method: "POST", url: url, headers: headers, body: body, isIdempotent: true)
    // Connections, TLS sessions and memory as they are in a process that has been running for a while.
    _ = try await requests(request, over: transport, inFlight: inFlight, seconds: 0.3)
    let meter = Meter()
    let count = try await requests(request, over: transport, inFlight: inFlight, seconds: seconds)
    report([
        ("count", Double(count)), ("cpu", meter.cpu), ("wall", meter.wall),
        ("peakKiB", Double(Meter.peakResidentKiB)),
    ])
    await transport.shutdown()
}

/// Those of a signed request.
private let headers: HTTPHeaders = [
    HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
    HTTPHeader("X-Amz-Date", "20260102T030405Z"),
    HTTPHeader("X-Amz-Content-Sha256", String(repeating: "0123456789abcdef", count: 4)),
    HTTPHeader(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-west-1/rds/aws4_request, SignedHeaders="
            + "content-type;host;x-amz-content-sha256;x-amz-date, Signature="
            + String(repeating: "0123456789abcdef", count: 4)),
]

private func requests(
    _ request: HTTPRequest, over transport: CurlTransport, inFlight: Int, seconds: Double
) async throws -> Int {
    let meter = Meter()
    return try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<inFlight {
            group.addTask {
                var count = 0
                while meter.wall < seconds {
                    let response = try await transport.send(request)
                    guard response.status == 200, response.body.count > 1000 else {
                        stop("the server answered \(response.status), \(response.body.count) bytes")
                    }
                    count += 1
                }
                return count
            }
        }
        return try await group.reduce(0, +)
    }
}
