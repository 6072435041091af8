import Failover
import Journal
import Testing

@testable import Webhook

@Suite(.timeLimit(.minutes(1))) struct CertificateTests {
    @Test func aCertificateAndItsIssuersAreFetchedOnceForManyMessages() async throws {
        let house = try House()
        for message in house.kit.cases where message.expect == "accepted" && !message.name.contains("old") {
            _ = await house.intake.sns(message.bytes)
        }
        #expect(house.arrivals.all.count > 20)
        #expect(house.web.requests.count == 2, "the certificate, and its issuer's")
    }

    @Test func manyAtOnceAskOnce() async throws {
        let house = try House()
        let message = try house.genuine("metric alarm, version 1")
        await withTaskGroup(of: Answer.self) { group in
            for _ in 0..<20 { group.addTask { await house.intake.sns(message.bytes) } }
            var answers: [Answer] = []
            for await answer in group { answers.append(answer) }
            #expect(answers.count { $0 == .accepted } == 1)
            #expect(answers.count { $0 == .duplicate } == 19)
        }
        #expect(house.web.requests.count == 2)
    }

    @Test func anAddressWithoutACertificateIsNotAskedAgainForAWhile() async throws {
        let house = try House()
        let message = try house.genuine("certificate: gone")
        for _ in 0..<5 { #expect(await house.intake.sns(message.bytes) == .refused(.noCertificate)) }
        #expect(house.web.requests.count == 1)
        house.pass(CertificateStore.missTime)
        _ = await house.intake.sns(message.bytes)
        #expect(house.web.requests.count == 2)
    }

    @Test("I5: a stranger who names ever new addresses has few of them fetched, and the one in use stays")
    func fetchesAreFew() async throws {
        let house = try House()
        let message = try house.genuine("metric alarm, version 1")
        #expect(await house.intake.sns(message.bytes) == .accepted)
        let text = String(decoding: message.bytes, as: UTF8.self)
        var answers: [Answer: Int] = [:]
        for number in 0..<200 {
            let forged = text.replacingOccurrences("0a1b2c", "\(number)")
            let answer = await house.intake.sns(Array(forged.utf8))
            answers[answer, default: 0] += 1
        }
        #expect(answers[.refused(.noCertificate)] == Int(CertificateStore.burst) - 1)
        #expect(answers[.unavailable(.busy)] == 201 - Int(CertificateStore.burst))
        #expect(await house.intake.sns(message.bytes) == .duplicate)
        house.pass(CertificateStore.earningTime)
        let forged = text.replacingOccurrences("0a1b2c", "ffff")
        #expect(await house.intake.sns(Array(forged.utf8)) == .refused(.noCertificate))
    }

    @Test func anSNSThatDoesNotAnswerIsOurTroubleAndAskedAgain() async throws {
        let house = try House()
        let message = try house.genuine("metric alarm, version 1")
        house.web.goDown(true)
        #expect(await house.intake.sns(message.bytes) == .unavailable(.unreachable))
        house.web.goDown(false)
        #expect(await house.intake.sns(message.bytes) == .accepted)
    }

    @Test func aKeptCertificateDoesNotOutliveItsOwnEnd() async throws {
        let house = try House()
        let message = try house.genuine("metric alarm, version 1")
        #expect(await house.intake.sns(message.bytes) == .accepted)
        // Its message is old by then; the store itself is asked.
        let url = try #require(
            SigningCertificateURL(
                "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b2c.pem", in: "eu-west-1"))
        let (kit, roots) = try Kit.made.get()
        let clock = Locked(Timestamp(milliseconds: Int64(kit.now * 1000)))
        let store = CertificateStore(transport: house.web, roots: roots, now: { clock.withLock { $0 } })
        _ = try await store.certificate(at: url)
        clock.withLock { $0 = $0 + .seconds(301 * 86_400) }
        await #expect(throws: Answer.unavailable(.untrusted)) { try await store.certificate(at: url) }
    }

    @Test func theSystemsOwnRootsDoNotTrustATest() async throws {
        let (kit, _) = try Kit.made.get()
        let roots = try #require(TrustedRoots(caFile: nil))
        let store = CertificateStore(
            transport: KitWeb(kit.web), roots: roots, now: { Timestamp(milliseconds: Int64(kit.now * 1000)) })
        let url = try #require(
            SigningCertificateURL(
                "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a1b2c.pem", in: "us-east-1"))
        await #expect(throws: Answer.unavailable(.untrusted)) { try await store.certificate(at: url) }
        #expect(TrustedRoots(caFile: "/nonexistent") == nil)
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: String, _ new: String) -> String {
        replacing(old, with: new)
    }
}
