import Testing

@testable import AWS

@Suite("Pages")
struct PaginationTests {
    private let read = DescribeDBInstances()

    @Test("all pages are followed, each with the marker of the one before")
    func follows() async throws {
        let transport = ScriptedTransport(
            .page(["a", "b"], marker: "m1"), .page(["c"], marker: "m2"), .page(["d"], marker: ""))
        let all = try await AWSClient.test(transport).all(read, region: "eu-west-1")
        #expect(all.map(\.dbInstanceIdentifier) == ["a", "b", "c", "d"])
        let bodies = await transport.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies.map { $0.contains("Marker=m1") } == [false, true, false])
        #expect(bodies.map { $0.contains("Marker=m2") } == [false, false, true])
    }

    @Test("a marker that comes twice is an error, not an endless loop")
    func repeated() async throws {
        let transport = ScriptedTransport(.page(["a"], marker: "m"))
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).all(read, region: "eu-west-1")
        }
        #expect(error.kind == .pagination)
        #expect(await transport.requests.count == 2)
    }

    @Test("more pages than allowed are an error: half a list would pass for a whole one")
    func bounded() async throws {
        let transport = ScriptedTransport { _, number in .page(["a"], marker: "m\(number)") }
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).pages(read, region: "eu-west-1", maxPages: 5)
        }
        #expect(error.kind == .pagination)
        #expect(await transport.requests.count == 5)
    }

    @Test("the deadline is one for all pages")
    func deadline() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport { _, number in
            clock.advance(by: .seconds(2))
            return .page(["a"], marker: "m\(number)")
        }
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport, clock: clock).all(
                read, region: "eu-west-1", options: CallOptions(deadline: .seconds(5)))
        }
        #expect(error.kind == .deadline)
        #expect(await transport.requests.count == 3)
    }
}
