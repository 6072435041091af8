/// Everything that gates and rules are judged on, at one moment, for one workload.
struct Situation {
    var workload: Workload
    var state: WorkloadState
    var verdict: Verdict
    var databases: [DatabaseAssessment]
    var inquiries: [Inquiry]
    var attention: Attention
    /// How many other workloads are failing over right now, and how many may at once.
    var running: Int
    var capacity: Int
    var now: Timestamp
    /// The request that is being judged, if one is.
    var request: OperatorRequest?
    /// Whether the try that just failed may be repeated.
    var lastTryRetryable = false
    /// The step at hand goes on after a restart, and the databases could not be looked at since.
    var unseen = false

    var policy: Policy { workload.policy }

    /// The quorum has held over the whole confirmation window.
    var confirmed: Bool {
        guard let since = attention.quorumSince else { return false }
        return now - since >= policy.confirmationWindow
    }

    func failedVotes(of assessment: DatabaseAssessment) -> [Vote] {
        assessment.votes.filter { $0.opinion == .failed && policy.witnesses.contains($0.witness) }
    }
}
