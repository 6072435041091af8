import Failover
import Glibc
import Testing

@testable import Observers

@Suite struct `What a probe comes to` {
    @Test(arguments: [ECONNREFUSED, ECONNRESET, EPIPE, ETIMEDOUT, EHOSTUNREACH])
    func `Errors of the other side are answers that did not come`(error: CInt) {
        let reading = ProbeOutcome(error: error).reading(from: "192.0.2.1:5432")
        #expect(reading?.value?.answered == false)
    }

    @Test(arguments: [ENETUNREACH, EMFILE, ENFILE, ENOBUFS, EADDRNOTAVAIL, EPERM, EACCES])
    func `Errors of this host say nothing about the other side`(error: CInt) {
        let reading = ProbeOutcome(error: error).reading(from: "192.0.2.1:5432")
        #expect(reading?.unknownReason == .silent)
    }

    @Test(arguments: [UInt8(ascii: "S"), UInt8(ascii: "N"), UInt8(ascii: "E")])
    func `A byte of PostgreSQL is an answer`(byte: UInt8) {
        let reading = ProbeOutcome.byte(byte, after: .milliseconds(12)).reading(from: "192.0.2.1:5432")
        #expect(reading?.value?.answered == true)
        #expect(reading?.value?.detail.contains("12 ms") == true)
    }

    @Test func `A byte that PostgreSQL would not send is neither an answer nor silence`() {
        let reading = ProbeOutcome.byte(0x4a, after: .milliseconds(12)).reading(from: "192.0.2.1:5432")
        #expect(reading?.unknownReason == .malformed)
    }

    @Test func `What was cancelled is not evidence`() {
        #expect(ProbeOutcome.cancelled.reading(from: "192.0.2.1:5432") == nil)
    }
}
