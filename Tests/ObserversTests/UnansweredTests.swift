import Failover
import HTTPTransport
import Testing

@testable import Observers

@Suite struct `What the lack of an answer of AWS means` {
    func reason(_ reply: FakeAWS.Reply) async -> UnknownReason? {
        let observer = RDSInstanceObserver(context: .test(FakeAWS { _ in reply }))
        return await observer.observe([.test("shop", .rds("orders"))]).first?.fact.unknownReason
    }

    @Test(arguments: [
        TransportError.Kind.connectionRefused, .connectTimeout, .totalTimeout, .connectionLost, .unreachable,
    ])
    func `No answer is silence`(kind: TransportError.Kind) async {
        #expect(await reason(.transport(kind)) == .silent)
    }

    @Test(arguments: [(500, "InternalFailure"), (503, "ServiceUnavailable"), (502, "Anything")])
    func `An error of the server is silence`(status: Int, code: String) async {
        #expect(await reason(.error(status, code)) == .silent)
    }

    @Test(arguments: [
        (403, "AccessDenied"), (403, "InvalidClientTokenId"), (403, "ExpiredToken"),
        (403, "UnrecognizedClientException"), (400, "InvalidParameterValue"), (403, "OptInRequired"),
    ])
    func `A refusal points at our own credentials, permissions or request`(status: Int, code: String) async {
        #expect(await reason(.error(status, code)) == .denied)
    }

    @Test(arguments: [(400, "Throttling"), (503, "RequestLimitExceeded"), (400, "ThrottlingException")])
    func `A request for fewer requests is not silence`(status: Int, code: String) async {
        #expect(await reason(.error(status, code)) == .throttled)
    }

    @Test(arguments: [
        (TransportError.Kind.nameNotResolved, UnknownReason.nameNotResolved), (.tlsFailed, .certificate),
        (.responseTooLarge, .malformed), (.other, .malformed), (.badRequest, .denied),
    ])
    func `Our own side's troubles are told apart`(kind: TransportError.Kind, expected: UnknownReason) async {
        #expect(await reason(.transport(kind)) == expected)
    }

    @Test func `What cannot be read is malformed`() async {
        #expect(await reason(.document("<html>hello</html>")) == .malformed)
        #expect(await reason(.document("")) == .malformed)
    }

    @Test(arguments: [TransportError.Kind.cancelled, .shutDown])
    func `What we gave up ourselves is no observation`(kind: TransportError.Kind) async {
        let observer = RDSInstanceObserver(context: .test(FakeAWS { _ in .transport(kind) }))
        #expect(await observer.observe([.test("shop", .rds("orders"))]).isEmpty)
    }

    @Test func `A long explanation is cut`() {
        let why = Unanswered(.silent, String(repeating: "x", count: 5000))
        #expect(why.detail.count <= Unanswered.maxDetail + 1)
    }

    @Test func `A round that is given up while AWS is silent sees nothing`() async {
        let aws = FakeAWS { _ in .never }
        let workload = Workload.test("shop", .rds("orders"))
        let round = Task { await RDSInstanceObserver(context: .test(aws)).observe([workload]) }
        await eventually("AWS was not asked") { aws.requests.count == 2 }
        round.cancel()
        #expect(await round.value.isEmpty)
    }
}
