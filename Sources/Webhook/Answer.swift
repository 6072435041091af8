/// What a sender is told, and what is counted. Thrown where a message goes no further.
///
/// SNS takes a 4xx for its last word and never sends that message again, so a 4xx is for what is wrong with
/// the message alone; whatever may be this host's own trouble is a 5xx, which SNS tries again.
public enum Answer: Error, Sendable, Hashable {
    /// It is on disk, and the workloads concerned are being looked at.
    case accepted
    /// It has come before, which is normal (SNS delivers at least once), and has no second effect.
    case duplicate
    /// It is genuine and about nothing that is watched here.
    case ignored
    case refused(Refusal)
    case unavailable(Trouble)

    /// What is wrong with the message: nothing that another try would mend.
    public enum Refusal: String, Sendable, Hashable, CaseIterable {
        case malformed
        case oversized
        /// Of a topic that nobody allowed.
        case unknownTopic = "unknown-topic"
        /// Its certificate would come from somewhere else than the SNS of the topic's Region.
        case foreignCertificate = "foreign-certificate"
        /// SNS has no certificate there.
        case noCertificate = "no-certificate"
        case badSignature = "bad-signature"
        case stale
        case unknownWorkload = "unknown-workload"
    }

    /// Ours, or nobody knows whose.
    public enum Trouble: String, Sendable, Hashable, CaseIterable {
        /// So many wait that one more would have to wait too long.
        case busy
        /// The certificate could not be fetched.
        case unreachable
        /// A certificate that SNS itself gave does not lead to a root that this host trusts, now, or this
        /// host's OpenSSL does not take its kind of signature.
        case untrusted
        /// A genuine message that is of another time by this host's clock, and not by AWS's, or AWS does not
        /// say what the time is.
        case clock
        /// It could not be written to the disk.
        case disk
        /// The call that confirms a subscription did not succeed.
        case unconfirmed
    }

    public var status: Int {
        switch self {
        case .accepted, .duplicate, .ignored: 200
        case .refused(.malformed), .refused(.unknownWorkload): 400
        case .refused(.oversized): 413
        case .refused: 403
        case .unavailable: 503
        }
    }

    /// One word for counters and logs; never text of the sender's.
    public var name: String {
        switch self {
        case .accepted: "accepted"
        case .duplicate: "duplicate"
        case .ignored: "ignored"
        case .refused(let refusal): refusal.rawValue
        case .unavailable(let trouble): trouble.rawValue
        }
    }

    public static var all: [Answer] {
        [.accepted, .duplicate, .ignored] + Refusal.allCases.map(Answer.refused)
            + Trouble.allCases.map(Answer.unavailable)
    }
}
