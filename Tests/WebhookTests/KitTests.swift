import Failover
import Journal
import Testing

@testable import Webhook

/// Every message of the kit, each at a door of its own.
@Suite(.timeLimit(.minutes(2))) struct KitTests {
    @Test("I1: no false accept and no false refuse among all messages of the kit")
    func noFalseWord() async throws {
        let kit = try Kit.made.get().kit
        #expect(kit.cases.count >= 200)
        for message in kit.cases {
            let house = try House()
            let answer = await house.intake.sns(message.bytes)
            #expect(answer.name == message.expect, "\(message.name)")
            let looked = house.arrivals.all.flatMap(\.workloads).map(\.rawValue)
            #expect(looked == message.workloads, "\(message.name)")
            #expect(house.intake.counts.of(answer, at: .sns) == 1)
            if message.expect != "accepted" {
                #expect(house.arrivals.all.isEmpty, "\(message.name)")
                #expect(house.confirmed.withLock { $0 }.isEmpty, "\(message.name)")
            }
        }
    }

    @Test func noFalseWordAtTheOtherDoor() async throws {
        let kit = try Kit.made.get().kit
        for message in kit.generic {
            let house = try House()
            let answer = await house.intake.generic(
                message.bytes, timestamp: message.timestamp, signature: message.signature)
            #expect(answer.name == message.expect, "\(message.name)")
            let looked = house.arrivals.all.flatMap(\.workloads).map(\.rawValue)
            #expect(looked == message.workloads, "\(message.name)")
        }
    }

    @Test("I10: what goes into the journal is one plain line, whatever names a message has")
    func plainText() async throws {
        let house = try House()
        for message in house.kit.cases where message.expect == "accepted" {
            _ = await house.intake.sns(message.bytes)
        }
        #expect(house.arrivals.all.count > 20)
        for arrival in house.arrivals.all {
            let isPlain = arrival.because.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
            #expect(isPlain && arrival.because.utf8.count < 300, "\(arrival.because)")
            #expect(!arrival.because.contains("Threshold Crossed") && !arrival.because.contains("Multi-AZ"))
        }
        #expect(
            house.arrivals.all[0].because == #"alarm "lag" in eu-west-1: ALARM, by topic dr"#)
    }

    @Test func only4xxForWhatIsWrongWithTheMessageItself() {
        for answer in Answer.all {
            switch answer {
            case .accepted, .duplicate, .ignored: #expect(answer.status == 200)
            case .refused: #expect((400..<500).contains(answer.status))
            case .unavailable: #expect(answer.status == 503)
            }
        }
        #expect(Set(Answer.all.map(\.name)).count == Answer.all.count)
    }
}
