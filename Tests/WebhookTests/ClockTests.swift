import Failover
import Testing

@testable import Webhook

/// A genuine message and a host that is wrong about the time.
@Suite(.timeLimit(.minutes(1))) struct ClockTests {
    private static let name = "metric alarm, version 2"

    @Test(
        "X14: a genuine message is heeded by AWS's clock when this host's is wrong",
        arguments: [3700.0, 7100, -400, -7100])
    func wrongClock(ahead: Double) async throws {
        let house = try House()
        let message = try house.genuine(Self.name)
        house.pass(.seconds(ahead))
        house.awsAhead.withLock { $0 = .seconds(-ahead) }
        #expect(await house.intake.sns(message.bytes) == .accepted)
        #expect(await house.intake.sns(message.bytes) == .duplicate, "and known when it comes again")
        let other = try #require(house.kit.generic.first { $0.expect == "accepted" })
        let answer = await house.intake.generic(
            other.bytes, timestamp: other.timestamp, signature: other.signature)
        #expect(answer == .accepted)
        #expect(house.clockAsked.withLock { $0 } == 1, "AWS is asked once a minute at most")
    }

    @Test(
        "what cannot be told is our trouble and never final",
        arguments: [Duration?.none, .seconds(-7300), .seconds(-86_400 * 400)])
    func doubt(awsAhead: Duration?) async throws {
        let house = try House()
        let message = try house.genuine(Self.name)
        house.pass(awsAhead.map { Duration.zero - $0 } ?? .seconds(3700))
        house.awsAhead.withLock { $0 = awsAhead }
        // So long after, the certificate itself has ended by this host's clock.
        let expected: [Answer] = [.unavailable(.clock), .unavailable(.untrusted)]
        #expect(expected.contains(await house.intake.sns(message.bytes)))
        #expect(house.arrivals.all.isEmpty)
        let other = try #require(house.kit.generic.first { $0.expect == "accepted" })
        let answer = await house.intake.generic(
            other.bytes, timestamp: other.timestamp, signature: other.signature)
        #expect(answer == .unavailable(.clock))
    }

    @Test func anOldMessageIsStillOldWhenAWSSaysSo() async throws {
        let house = try House()
        let message = try house.genuine(Self.name)
        house.pass(.seconds(5000))
        house.awsAhead.withLock { $0 = .seconds(-1000) }
        #expect(await house.intake.sns(message.bytes) == .refused(.stale))
        // Nothing is asked for what nobody has signed.
        let asked = house.clockAsked.withLock { $0 }
        var forged = message.bytes
        forged.replace([UInt8]("lag".utf8), with: [UInt8]("lug".utf8))
        #expect(await house.intake.sns(forged) == .refused(.badSignature))
        #expect(house.clockAsked.withLock { $0 } == asked)
    }

    @Test func aClockThatGivesNoAnswerIsAskedAgainSoon() async throws {
        let house = try House()
        let message = try house.genuine(Self.name)
        house.pass(.seconds(3700))
        house.awsAhead.withLock { $0 = nil }
        for _ in 0..<3 { #expect(await house.intake.sns(message.bytes) == .unavailable(.clock)) }
        #expect(house.clockAsked.withLock { $0 } == 1)
        house.pass(AWSClock.retry)
        house.awsAhead.withLock { $0 = .seconds(-3705) }
        #expect(await house.intake.sns(message.bytes) == .accepted)
    }
}
