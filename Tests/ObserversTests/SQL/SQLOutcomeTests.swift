import Failover
import Testing

@testable import Observers

@Suite struct `What a session came to` {
    @Test(
        arguments: [
            ("57014", SQLAnswer.Outcome.stalled), ("57P03", .stalled), ("53100", .stalled),
            ("XX000", .stalled), ("58030", .stalled), ("55P03", .stalled), ("53300", .crowded),
            ("25006", .readOnly), ("28P01", .misconfigured), ("28000", .misconfigured),
            ("42501", .misconfigured), ("42P01", .misconfigured), ("3F000", .misconfigured),
            ("3D000", .misconfigured), ("23502", .misconfigured),
        ])
    func `A SQLSTATE says whose trouble it is`(state: String, outcome: SQLAnswer.Outcome) {
        let answer = SQLOutcome.refused(state: state, message: "no", at: .writing)
            .answer(to: .write("shop"), now: ObserverContext.testNow)
        #expect(answer?.outcome == outcome)
        #expect(answer?.detail.contains("\(state): no") == true)
    }

    @Test(
        arguments: [
            ("SSL error: certificate verify failed", SQLAnswer.Outcome.misconfigured),
            ("server does not support SSL, but SSL was required", .misconfigured),
            ("fe_sendauth: no password supplied", .misconfigured),
            ("SSL error: unexpected eof while reading", .stalled),
            ("SSL SYSCALL error: EOF detected", .stalled),
            ("server closed the connection unexpectedly", .stalled),
        ])
    func `Words of libpq's own tell a lost connection from a refused one`(
        words: String, outcome: SQLAnswer.Outcome
    ) {
        let answer = SQLOutcome.broken(words, at: .connecting)
            .answer(to: .write("shop"), now: ObserverContext.testNow)
        #expect(answer?.outcome == outcome)
    }

    @Test func `What this host could not try, or gave up, is no evidence`() {
        for outcome in [SQLOutcome.cancelled, .couldNotTry("no thread")] {
            #expect(outcome.answer(to: .write("shop"), now: ObserverContext.testNow) == nil)
        }
    }

    @Test func `A password shows itself to nobody`() {
        let password = SQLPassword("hunter2")
        var dumped = ""
        dump(password, to: &dumped)
        for text in ["\(password)", String(reflecting: password), dumped] {
            #expect(!text.contains("hunter2"))
        }
    }
}
