import AWS
import Failover

/// Where our credentials come from, and whether they will still be good on the night when they are needed.
struct CredentialsCheck {
    static let name = "credentials"

    var origin: CredentialsOrigin

    var finding: Finding {
        let text = "from \(origin.source)"
        guard let hand = origin.handRenewal else {
            let end = origin.expiration.map { ", until \(Self.time($0)), then renewed" }
            return .ok(Self.name, text + (end ?? ", without end"))
        }
        guard let end = hand.by else {
            return .warn(
                Self.name,
                "\(text), with a session token: it ends within hours, nobody says when, and nothing renews "
                    + "it. \(hand.order)")
        }
        return .warn(
            Self.name, "\(text), good until \(Self.time(end)): after that nothing renews them. \(hand.order)")
    }

    private static func time(_ time: WallTime) -> Timestamp {
        Timestamp(milliseconds: Int64(time.unixSeconds * 1000))
    }
}
