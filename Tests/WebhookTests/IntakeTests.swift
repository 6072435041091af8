import Failover
import Journal
import Testing

@testable import Webhook

@Suite(.timeLimit(.minutes(1))) struct IntakeTests {
    @Test("I3: a replayed message is known, and looked after once")
    func replay() async throws {
        let house = try House()
        let message = try house.genuine("metric alarm, version 2")
        #expect(await house.intake.sns(message.bytes) == .accepted)
        for _ in 0..<3 { #expect(await house.intake.sns(message.bytes) == .duplicate) }
        #expect(house.arrivals.all.count == 1)
        house.pass(.seconds(3601))
        #expect(await house.intake.sns(message.bytes) == .refused(.stale))
        let other = try #require(house.kit.generic.first)
        house.pass(.seconds(-3601))
        for expected in [Answer.accepted, .duplicate] {
            let answer = await house.intake.generic(
                other.bytes, timestamp: other.timestamp, signature: other.signature)
            #expect(answer == expected)
        }
    }

    @Test func whatHasArrivedIsLookedAtAtOnceAndWhatAnEarlierProcessLeftToo() async throws {
        let house = try House()
        #expect(try await house.intake.sns(house.genuine("metric math, version 1").bytes) == .accepted)
        let attending = Task { await house.intake.attend() }
        defer { attending.cancel() }
        try await house.until { looks in looks.count == 2 }
        #expect(try await house.intake.sns(house.genuine("RDS instance event, version 2").bytes) == .accepted)
        try await house.until { looks in looks.count == 3 }
        #expect(
            house.looks.withLock { $0.sorted() } == [
                #"ledger: alarm "lags" in eu-west-1: ALARM, by topic dr"#,
                #"shop: RDS-EVENT-0049 on shop in eu-west-1, by topic dr"#,
                #"shop: alarm "lags" in eu-west-1: ALARM, by topic dr"#,
            ])
        try await house.until { _ in house.arrivals.settled == 2 }
    }

    @Test func anAlarmOfLongAgoIsSettledWithoutALook() async throws {
        let house = try House()
        #expect(try await house.intake.sns(house.genuine("metric alarm, version 1").bytes) == .accepted)
        house.pass(Attendant.relevance)
        let attending = Task { await house.intake.attend() }
        defer { attending.cancel() }
        try await house.until { _ in house.arrivals.settled == 1 }
        #expect(house.looks.withLock { $0.isEmpty })
    }

    @Test func aFullDiskIsOurOwnTroubleAndTheMessageIsTakenWhenItComesAgain() async throws {
        let house = try House()
        let message = try house.genuine("metric alarm, version 1")
        house.arrivals.fill(true)
        #expect(await house.intake.sns(message.bytes) == .unavailable(.disk))
        house.arrivals.fill(false)
        #expect(await house.intake.sns(message.bytes) == .accepted)
    }

    @Test func aFullStoreForgetsWhatIsLongSettledAndDoesNotStayFull() async throws {
        let house = try House()
        let attending = Task { await house.intake.attend() }
        defer { attending.cancel() }
        try await house.until { _ in house.arrivals.forgotten.withLock { $0.count } == 1 }
        house.pass(Attendant.forgettingEvery)
        house.arrivals.fill(true)
        let message = try house.genuine("metric alarm, version 1")
        #expect(await house.intake.sns(message.bytes) == .unavailable(.disk))
        try await house.until { _ in house.arrivals.forgotten.withLock { $0.count } == 2 }
    }

    @Test func aSubscriptionIsConfirmedByACallAndWhenThatFailsTriedAgain() async throws {
        let house = try House()
        let message = try house.genuine("SubscriptionConfirmation, version 2")
        house.confirms.withLock { $0 = false }
        #expect(await house.intake.sns(message.bytes) == .unavailable(.unconfirmed))
        house.confirms.withLock { $0 = true }
        #expect(await house.intake.sns(message.bytes) == .accepted)
        #expect(
            house.confirmed.withLock { $0 }
                == Array(repeating: "arn:aws:sns:eu-west-1:123456789012:orders", count: 2))
        // Neither SubscribeURL nor UnsubscribeURL is ever asked for.
        #expect(house.web.requests.allSatisfy { $0.hasSuffix(".pem") || $0.hasSuffix(".cer") })
    }

    @Test func anEndedSubscriptionIsPutOnRecord() async throws {
        let house = try House()
        let message = try house.genuine("UnsubscribeConfirmation, version 1")
        #expect(await house.intake.sns(message.bytes) == .accepted)
        #expect(house.arrivals.all.map(\.because) == ["topic orders in eu-west-1 no longer sends to drctl"])
        #expect(house.notes.withLock { $0.count } == 1)
    }

    @Test func withoutASecretNobodyEntersByTheOtherDoor() async throws {
        let (kit, roots) = try Kit.made.get()
        let intake = Intake(
            directory: Directory(workloads: []), secrets: [],
            surroundings: Intake.Surroundings(
                transport: KitWeb([:]), roots: roots, now: { Timestamp(milliseconds: 0) },
                clockOffset: { .zero }, arrivals: MemoryArrivals(), confirm: { _, _ in true },
                look: { _, _ in }, note: { _ in }))
        let message = try #require(kit.generic.first)
        let answer = await intake.generic(
            message.bytes, timestamp: message.timestamp, signature: message.signature)
        #expect(answer == .refused(.badSignature))
    }

    @Test func aSecretIsNotShown() {
        let secret = GenericSecret("0123456789abcdef0123456789abcdef")
        #expect(secret != nil)
        #expect(!"\(String(describing: secret)) \(String(reflecting: secret))".contains("0123"))
        var text = ""
        dump(secret, to: &text)
        #expect(!text.contains("48"))
        #expect(GenericSecret("0123456789abcdef") == nil)
    }
}
