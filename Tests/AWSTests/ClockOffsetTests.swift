import HTTPTransport
import Testing

@testable import AWS

@Suite("Comparing clocks")
struct ClockOffsetTests {
    /// Ten minutes ahead of the virtual clock's start.
    private let ahead = HTTPHeaders([HTTPHeader("Date", "Fri, 02 Jan 2026 03:14:05 GMT")])

    @Test("any answer with a Date tells the offset, asked for without a signature")
    func offset() async throws {
        let transport = ScriptedTransport(.answer(403, "", ahead))
        let offset = try await AWSClient.test(transport).clockOffset(region: "eu-west-1")
        #expect(offset == .seconds(600))
        let request = try #require(await transport.requests.first)
        #expect(request.url == "https://sts.eu-west-1.amazonaws.com/")
        #expect(!request.headers.contains("Authorization"))
    }

    @Test("it leaves the clock that signs as it is")
    func signingClock() async throws {
        let transport = ScriptedTransport(.answer(403, "", ahead), .page([]))
        let client = AWSClient.test(transport)
        _ = try await client.clockOffset(of: .rds, region: "eu-west-1")
        _ = try await client.call(DescribeDBInstances(), region: "eu-west-1")
        #expect(await transport.requests.last?.headers.first("X-Amz-Date") == "20260102T030405Z")
    }

    @Test("an answer without a Date is not taken for AWS's")
    func noDate() async throws {
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(ScriptedTransport(.answer(200, ""))).clockOffset(region: "eu-west-1")
        }
        #expect(error.kind == .malformedResponse)
    }

    @Test("silence is an error, and no offset of zero")
    func silence() async throws {
        let transport = ScriptedTransport(.failure(.connectTimeout, mayHaveReachedServer: false))
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).clockOffset(region: "eu-west-1")
        }
        #expect(error.kind == .network(.connectTimeout))
        #expect(await transport.requests.count == 1)
    }

    @Test("where credentials come from is told, what they are is not")
    func origin() async throws {
        let origin = try await AWSClient.test(ScriptedTransport(.page([]))).credentialsOrigin()
        #expect(!origin.source.isEmpty)
        #expect(origin.expiration == nil)
    }
}
