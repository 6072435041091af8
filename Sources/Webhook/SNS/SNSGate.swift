import Failover

/// Lets through what SNS has signed for an allowed topic, of about now. Each check stands before every more
/// expensive one.
struct SNSGate: Sendable {
    /// SNS tries for up to an hour (its longest retry policy); what is older is a recording.
    static let window = Duration.seconds(3600)
    /// How far ahead of this host's clock SNS may be.
    static let lead = Duration.seconds(300)

    let isAllowed: @Sendable (TopicARN) -> Bool
    let certificates: CertificateStore
    let workbench: Workbench
    let now: @Sendable () -> Timestamp
    let awsClock: AWSClock

    func verified(_ body: [UInt8]) async throws(Answer) -> Envelope {
        let (envelope, url) = try await workbench.run { () throws(Answer) in
            let envelope = try Envelope.parse(body)
            // The signature says that some topic of SNS sent it, and anybody may have one of those.
            guard isAllowed(envelope.topic) else { throw .refused(.unknownTopic) }
            guard let url = SigningCertificateURL(envelope.certificateURL, in: envelope.topic.region) else {
                throw .refused(.foreignCertificate)
            }
            return (envelope, url)
        }
        let certificate = try await certificates.certificate(at: url)
        try await workbench.run { () throws(Answer) in
            guard let isGenuine = certificate.hasSigned(envelope) else { throw .unavailable(.untrusted) }
            guard isGenuine else { throw .refused(.badSignature) }
        }
        try await checkAge(of: envelope)
        return envelope
    }

    /// After the signature: only a genuine time says anything about this host's clock, and a 4xx is final.
    private func checkAge(of envelope: Envelope) async throws(Answer) {
        let window = (Duration.zero - Self.lead)...Self.window
        guard !window.contains(now() - envelope.sentAt) else { return }
        switch await awsClock.judge(envelope.sentAt, within: window) {
        case .good: return
        case .old: throw .refused(.stale)
        case .fromTheFuture, .unknown: throw .unavailable(.clock)
        }
    }
}
