import Failover
import Testing

@testable import Journal

@Suite struct RecordTextTests {
    @Test(arguments: EventKind.allCases)
    func `Every kind of event has samples of its own kind, and its column names it`(kind: EventKind) throws {
        #expect(!kind.samples.isEmpty)
        for event in kind.samples {
            #expect(EventKind(event) == kind)
            #expect(event.kind == kind.rawValue)
            let record = Record(at: .sample, workload: nil, epoch: 0, rule: nil, event: event)
            #expect(try RecordText.encode(record, index: 0).contains("\"event\":{\"\(kind.rawValue)\":"))
        }
    }

    @Test func `The keys are sorted and the time is RFC 3339`() throws {
        let record = Record(
            at: .sample, workload: "shop", epoch: 2, rule: "r", event: .controllerStopped(reason: "a/b"))
        let expected =
            #"{"at":"\#(Timestamp.sample)","epoch":2,"event":{"controllerStopped":{"reason":"a/b"}},"#
            + #""rule":"r","workload":"shop"}"#
        #expect(try RecordText.encode(record, index: 0) == expected)
    }

    @Test func `A record always has the same text`() throws {
        for record in Record.everyKind {
            let text = try RecordText.encode(record, index: 0)
            let back = try RecordText.decode(text, sequence: 1)
            #expect(back == record)
            #expect(try RecordText.encode(back, index: 0) == text)
        }
    }

    @Test func `A record above the bound is refused and says how large it is`() {
        let text = String(repeating: "x", count: JournalBounds.recordBytes)
        let record = Record(
            at: .sample, workload: nil, epoch: 0, rule: nil, event: .controllerStopped(reason: text))
        let refusal = #expect(throws: Refusal.self) { try RecordText.encode(record, index: 4) }
        guard case .unencodable(4, let detail) = refusal?.cause else {
            Issue.record("not .unencodable: \(String(describing: refusal))")
            return
        }
        #expect(detail.contains("more than \(JournalBounds.recordBytes)"))
    }
}
