import Failover
import HTTPTransport
import Journal

/// The whole way of a message: from its bytes to an arrival on disk, to what its sender is told, and to the
/// look that it leads to. It knows no HTTP.
public struct Intake: Sendable {
    public struct Surroundings: Sendable {
        public var transport: any Transport
        public var roots: TrustedRoots
        public var now: @Sendable () -> Timestamp
        /// How far AWS's clock is ahead of `now`; nil when AWS does not say.
        public var clockOffset: @Sendable () async -> Duration?
        public var arrivals: any Arrivals
        /// Confirms a subscription by a signed call to the topic's Region; whether that worked.
        public var confirm: @Sendable (TopicARN, _ token: String) async -> Bool
        /// Puts it on record why, and looks at a workload closely, now.
        public var look: @Sendable (WorkloadID, _ because: String) async -> Void
        /// For the log: plain, without anything of the sender's but names that are configured here.
        public var note: @Sendable (String) -> Void

        public init(
            transport: any Transport, roots: TrustedRoots, now: @escaping @Sendable () -> Timestamp,
            clockOffset: @escaping @Sendable () async -> Duration?, arrivals: any Arrivals,
            confirm: @escaping @Sendable (TopicARN, String) async -> Bool,
            look: @escaping @Sendable (WorkloadID, String) async -> Void,
            note: @escaping @Sendable (String) -> Void
        ) {
            self.transport = transport
            self.roots = roots
            self.now = now
            self.clockOffset = clockOffset
            self.arrivals = arrivals
            self.confirm = confirm
            self.look = look
            self.note = note
        }
    }

    /// The most that a body may have.
    public static let snsLimit = Envelope.maximumBytes
    public static let genericLimit = GenericGate.maximumBytes

    public let counts: Counts
    private let directory: Directory
    private let surroundings: Surroundings
    private let workbench: Workbench
    private let attendant: Attendant
    private let gate: SNSGate
    private let genericGate: GenericGate?

    /// `secrets`: empty when nobody but SNS may send.
    public init(
        directory: Directory, secrets: [GenericSecret], counts: Counts = Counts(), surroundings: Surroundings
    ) {
        self.directory = directory
        self.counts = counts
        self.surroundings = surroundings
        let workbench = Workbench()
        self.workbench = workbench
        attendant = Attendant(
            arrivals: surroundings.arrivals, workbench: workbench, now: surroundings.now,
            note: surroundings.note, look: surroundings.look)
        let awsClock = AWSClock(ask: surroundings.clockOffset, now: surroundings.now)
        gate = SNSGate(
            isAllowed: directory.allows,
            certificates: CertificateStore(
                transport: surroundings.transport, roots: surroundings.roots, now: surroundings.now),
            workbench: workbench, now: surroundings.now, awsClock: awsClock)
        genericGate =
            secrets.isEmpty
            ? nil : GenericGate(secrets: secrets, now: surroundings.now, awsClock: awsClock)
    }

    /// Looks after what has arrived, until the task is cancelled. What was left by an earlier process too.
    public func attend() async { await attendant.run() }

    public var takesGeneric: Bool { genericGate != nil }

    // MARK: - SNS

    public func sns(_ body: [UInt8]) async -> Answer {
        let answer: Answer
        do throws(Answer) {
            answer = try await take(try await gate.verified(body))
        } catch {
            answer = error
        }
        counts.add(answer, at: .sns)
        return answer
    }

    private func take(_ envelope: Envelope) async throws(Answer) -> Answer {
        switch envelope.kind {
        case .notification: return try await takeNotification(envelope)
        case .subscription:
            // Not by the address in the message: that one works for whoever has it, and lets anybody end the
            // subscription again.
            guard let token = envelope.token, await surroundings.confirm(envelope.topic, token) else {
                throw .unavailable(.unconfirmed)
            }
            surroundings.note("subscribed to \(envelope.topic.text)")
            return .accepted
        case .unsubscription:
            let because = "topic \(envelope.topic.name) in \(envelope.topic.region) no longer sends to drctl"
            surroundings.note("unsubscribed from \(envelope.topic.text): its alarms do not come any more")
            let workloads = directory.topics[envelope.topic.text] ?? []
            return try await enter(envelope, because, workloads)
        }
    }

    private func takeNotification(_ envelope: Envelope) async throws(Answer) -> Answer {
        let directory = directory
        let (report, workloads) = try await workbench.run { () throws(Answer) in
            let report = Report.read(envelope.message, topicRegion: envelope.topic.region)
            return (report, directory.concerned(by: report, from: envelope.topic))
        }
        let subject = report?.text ?? "a message"
        guard report?.isWorthALook ?? true, !workloads.isEmpty else { return .ignored }
        return try await enter(envelope, "\(subject), by topic \(envelope.topic.name)", workloads)
    }

    private func enter(
        _ envelope: Envelope, _ because: String, _ workloads: [WorkloadID]
    ) async throws(Answer) -> Answer {
        try await enter(
            Arrival(
                id: "sns:\(envelope.messageID)", at: surroundings.now(), because: because,
                workloads: workloads))
    }

    private func enter(_ arrival: Arrival) async throws(Answer) -> Answer {
        let arrivals = surroundings.arrivals
        // Also when it is not taken: a store that is full has something to forget.
        defer { attendant.ring() }
        let isNew = try await workbench.run { () throws(Answer) in
            do { return try arrivals.enter(arrival) } catch { throw .unavailable(.disk) }
        }
        return isNew ? .accepted : .duplicate
    }

    // MARK: - Others

    /// `timestamp` and `signature`: the headers of `GenericGate`.
    public func generic(_ body: [UInt8], timestamp: String?, signature: String?) async -> Answer {
        guard let genericGate else { return .refused(.badSignature) }
        let answer: Answer
        do throws(Answer) {
            let message = try await workbench.run { () throws(Answer) in
                try genericGate.verified(body, timestamp: timestamp, signature: signature)
            }
            try await genericGate.checkAge(of: message)
            guard message.workloads.allSatisfy(directory.workloads.contains) else {
                throw .refused(.unknownWorkload)
            }
            let because = message.reason.isEmpty ? "a signed message" : "a signed message: \(message.reason)"
            answer = try await enter(
                Arrival(
                    id: message.id, at: surroundings.now(), because: because,
                    workloads: message.workloads))
        } catch {
            answer = error
        }
        counts.add(answer, at: .generic)
        return answer
    }

    /// What a door that let nobody in answered, before there was a message.
    public func turnedAway(_ answer: Answer, at door: Counts.Door) { counts.add(answer, at: door) }
}
