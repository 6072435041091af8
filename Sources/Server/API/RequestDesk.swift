import Failover
import Journal

/// Sees to it that a request that is sent twice acts once. What has been decided is in the journal with its
/// key, so that this holds over restarts and between hosts that share one.
actor RequestDesk {
    struct Outcome: Sendable, Equatable {
        var reply: OperatorReply
        /// It was answered before.
        var isRepeated = false
    }

    /// The key has been used for something else.
    struct Mismatch: Error {}

    /// Records of the workload in which a key is looked for: an hour of a failing workload, months of a
    /// quiet one.
    static let memory = 1000
    /// Answers whose words are kept; the journal keeps only that it was so.
    static let words = 200

    private struct Place: Hashable {
        var workload: WorkloadID
        var key: String
    }

    private struct Accepted {
        var place: Place
        var request: OperatorRequest
        var message: String
    }

    private let operations: any Operations
    private var running: [Place: (request: OperatorRequest, task: Task<Outcome, any Error>)] = [:]
    private var accepted: [Accepted] = []

    init(_ operations: any Operations) { self.operations = operations }

    func submit(_ request: OperatorRequest, for workload: WorkloadID) async throws -> Outcome {
        guard let key = request.key else {
            return Outcome(reply: await operations.request(request, for: workload))
        }
        let place = Place(workload: workload, key: key)
        if let earlier = accepted.last(where: { $0.place == place }) {
            guard earlier.request.isTheSame(as: request) else { throw Mismatch() }
            return Outcome(reply: .accepted(message: earlier.message), isRepeated: true)
        }
        if let other = running[place] {
            guard other.request.isTheSame(as: request) else { throw Mismatch() }
            return Outcome(reply: try await other.task.value.reply, isRepeated: true)
        }
        let task = Task { [operations] in try await Self.decide(request, workload, operations) }
        running[place] = (request, task)
        defer { running[place] = nil }
        let outcome = try await task.value
        if case .accepted(let message) = outcome.reply {
            accepted.append(Accepted(place: place, request: request, message: message))
            if accepted.count > Self.words { accepted.removeFirst() }
        }
        return outcome
    }

    private static func decide(
        _ request: OperatorRequest, _ workload: WorkloadID, _ operations: any Operations
    ) async throws -> Outcome {
        // A journal that cannot be read takes no record either: the controller refuses then, in its words.
        let entries = (try? await operations.latest(workload: workload, limit: memory)) ?? []
        if let earlier = try reply(to: request, in: entries) {
            return Outcome(reply: earlier, isRepeated: true)
        }
        return Outcome(reply: await operations.request(request, for: workload))
    }

    /// What the journal knows of a request with this key.
    private static func reply(to request: OperatorRequest, in entries: [Entry]) throws -> OperatorReply? {
        for entry in entries.reversed() {
            let earlier: OperatorRequest
            let reply: OperatorReply
            switch entry.record.event {
            case .requestReceived(let request):
                earlier = request
                reply = .accepted(
                    message: "\(request.verb.rawValue) was accepted at \(entry.record.at) (record "
                        + "\(entry.sequence))")
            case .requestRefused(let request, let because):
                (earlier, reply) = (request, .refused(message: because))
            default: continue
            }
            guard earlier.key == request.key else { continue }
            guard earlier.isTheSame(as: request) else { throw Mismatch() }
            return reply
        }
        return nil
    }
}

extension OperatorRequest {
    /// Overrides are left out: what a resume passes over is recorded with what the verb itself brings along.
    fileprivate func isTheSame(as other: OperatorRequest) -> Bool {
        verb == other.verb && by == other.by && reason == other.reason && failover == other.failover
    }
}
