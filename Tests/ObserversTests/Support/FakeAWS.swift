import AWS
import Failover
import HTTPTransport

@testable import Observers

/// Stands in for AWS at the transport: it records every request and answers with literal documents.
struct FakeAWS: Transport {
    struct Request: Sendable {
        /// `rds.eu-west-1.amazonaws.com`.
        var host: String
        var path: String
        /// The fields of a query protocol's body; empty for Route 53.
        var fields: [String: String]

        var action: String { fields["Action"] ?? path }
        var region: String { host.split(separator: ".").dropFirst().first.map(String.init) ?? "" }

        /// The values of a list: `Filters.Filter.1.Values.Value.1` and so on.
        func values(_ prefix: String) -> [String] {
            (1...1000).lazy.map { "\(prefix).\($0)" }.prefix { fields[$0] != nil }.compactMap { fields[$0] }
        }
    }

    enum Reply: Sendable {
        case document(String)
        case error(Int, String)
        case transport(TransportError.Kind)
        /// No answer until the request is cancelled.
        case never
    }

    private let recorded = Locked<[Request]>([])
    private let answer: @Sendable (Request) -> Reply

    init(_ answer: @escaping @Sendable (Request) -> Reply) {
        self.answer = answer
    }

    var requests: [Request] { recorded.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let parsed = Self.parse(request)
        recorded.withLock { $0.append(parsed) }
        switch answer(parsed) {
        case .document(let text):
            return HTTPResponse(status: 200, body: Array(text.utf8))
        case .error(let status, let code):
            let error = "<Error><Code>\(code)</Code><Message>said no</Message></Error>"
            return HTTPResponse(
                status: status, body: Array("<ErrorResponse>\(error)</ErrorResponse>".utf8))
        case .transport(let kind):
            throw TransportError(kind: kind, url: request.url, detail: "made so", mayHaveReachedServer: false)
        case .never:
            let cancelled = Promise<Void>()
            await withTaskCancellationHandler {
                await cancelled.value
            } onCancel: {
                cancelled.fulfil(())
            }
            throw TransportError(
                kind: .cancelled, url: request.url, detail: "cancelled", mayHaveReachedServer: true)
        }
    }

    private static func parse(_ request: HTTPRequest) -> Request {
        let rest = request.url.drop { $0 != ":" }.dropFirst(3)
        var fields: [String: String] = [:]
        for pair in String(decoding: request.body, as: UTF8.self).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            fields[decoded(parts[0])] = decoded(parts[1])
        }
        return Request(
            host: String(rest.prefix { $0 != "/" }), path: String(rest.drop { $0 != "/" }), fields: fields)
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ObserverContext {
    static let testNow = Timestamp(milliseconds: 1_767_225_600_000)  // 2026-01-01T00:00:00Z

    /// A context with a standing clock, in which sleeping lasts until the task is cancelled.
    static func test(
        _ aws: FakeAWS = FakeAWS { _ in .transport(.connectionRefused) }, resolver: Resolver = Resolver(),
        sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in
            try await Task.sleep(for: .seconds(3600))
        }, budget: CallBudget = CallBudget()
    ) -> ObserverContext {
        let surroundings = Surroundings(
            now: { WallTime(testNow) }, steady: { .zero }, sleep: { _ in }, random: { 0.5 }, environment: [:],
            readFile: { _ in "" })
        let client = AWSClient(
            transport: aws,
            credentials: StaticCredentialsProvider(
                Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")),
            endpoints: EndpointResolver(), surroundings: surroundings)
        return ObserverContext(
            aws: client, now: { testNow }, sleep: sleep, resolver: resolver, budget: budget)
    }
}
