import Failover
import Testing

@testable import Observers

@Suite struct `What a session came to` {
    @Test(
        arguments: [
            ("57014", SQLAnswer.Outcome.stalled), ("57P03", .stalled), ("53100", .stalled),
            ("XX000", .stalled), ("58030", .stalled), ("55P03", .stalled), ("55000", .misconfigured),
            ("0A000", .misconfigured), ("53300", .crowded),
            ("25006", .readOnly), ("28P01", .turnedAway), ("28000", .turnedAway),
            ("42501", .turnedAway), ("42P01", .misconfigured), ("3F000", .misconfigured),
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
            ("SSL error: certificate verify failed", SQLAnswer.Outcome.turnedAway),
            ("server does not support SSL, but SSL was required", .turnedAway),
            ("fe_sendauth: no password supplied", .turnedAway),
            ("SSL error: unexpected eof while reading", .stalled),
            ("SSL SYSCALL error: EOF detected", .stalled),
            ("SSL SYSCALL error: Connection reset by peer", .stalled),
            ("server closed the connection unexpectedly", .stalled),
            ("SSL error: wrong version number", .turnedAway),
        ])
    func `Words of libpq's own tell a lost connection from a refused one`(
        words: String, outcome: SQLAnswer.Outcome
    ) {
        let answer = SQLOutcome.broken(words, at: .connecting)
            .answer(to: .write("shop"), now: ObserverContext.testNow)
        #expect(answer?.outcome == outcome)
    }

    @Test func `What this host could not try, or gave up, is no evidence`() {
        let outcomes: [SQLOutcome] = [
            .cancelled, .couldNotTry("no thread"),
            .broken("could not create socket: Too many open files", at: .connecting),
            .broken("out of memory", at: .reading),
        ]
        for outcome in outcomes {
            #expect(outcome.answer(to: .write("shop"), now: ObserverContext.testNow) == nil)
        }
    }

    @Test func `Aurora is asked for no WAL position, which it refuses to tell`() {
        var aurora = Database.aurora("orders")
        aurora.sql = SQLAccess(database: "d", user: "u", passwordFile: "/p", tls: .require)
        for question in [
            SQLQuestion.writer(of: aurora, in: "shop"), SQLQuestion.replica(of: aurora, in: "shop"),
        ] {
            guard let question else {
                Issue.record("nothing is asked")
                continue
            }
            let order = SQLOrder(
                access: question.access, password: SQLPassword("-"), host: "h", address: "192.0.2.1", port: 1,
                task: question.task, tellsPosition: question.tellsPosition, limit: .seconds(1))
            #expect(!order.statements.contains { $0.text.contains("_lsn") })
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
