import Failover
import Testing

@testable import Webhook

/// SplitMix64: the same damage on every run.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Any damage to a genuine message: what is let through says, signed, what the genuine one says.
@Suite(.timeLimit(.minutes(1))) struct DamageTests {
    private static let splinters = [
        "\"", "\\", "\\u0000", "{", "}", "[", "]", ",", ":", "null", "0", "-1", "1e9", "\u{0}", "é", "🦆",
        "\"Type\":\"Notification\",", "\"Message\":\"x\",", "arn:aws:sns:eu-west-1:123456789012:orders",
        "SubscriptionConfirmation", "\n",
    ]

    @Test(arguments: 0..<6)
    func isRefusedOrDoesNotMatter(seed: UInt64) async throws {
        let house = try House()
        let names = [
            "metric alarm, version 1", "RDS instance event, version 2", "subject, version 2",
            "SubscriptionConfirmation, version 1",
        ]
        var dice = Dice(state: seed)
        for _ in 0..<150 {
            let genuine = try house.genuine(names.randomElement(using: &dice) ?? names[0]).bytes
            var body = genuine
            for _ in 0..<Int.random(in: 1...3, using: &dice) { spoil(&body, &dice) }
            switch await house.intake.sns(body) {
            case .accepted, .duplicate, .ignored:
                let original = try Envelope.parse(genuine).signedText
                #expect(try Envelope.parse(body).signedText == original)
            case .refused, .unavailable: break
            }
        }
    }

    private func spoil(_ body: inout [UInt8], _ dice: inout Dice) {
        guard !body.isEmpty else { return }
        let place = Int.random(in: 0..<body.count, using: &dice)
        let end = min(body.count, place + Int.random(in: 1...40, using: &dice))
        switch Int.random(in: 0..<5, using: &dice) {
        case 0: body.removeSubrange(place..<end)
        case 1: body.insert(contentsOf: body[place..<end], at: Int.random(in: 0...body.count, using: &dice))
        case 2: body.insert(contentsOf: (Self.splinters.randomElement(using: &dice) ?? "").utf8, at: place)
        case 3: body[place] = UInt8.random(in: 0...255, using: &dice)
        default: body.swapAt(place, Int.random(in: 0..<body.count, using: &dice))
        }
    }
}
