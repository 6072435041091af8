import Testing
@testable import Failover
@Test func timestampsPrintAndParse() { let t = Timestamp(milliseconds: 1_767_322_445_678); #expect(t.description == "2026-01-02T02:54:05.678Z"); #expect(Timestamp(t.description) == t) }
