/// Everything that gates and rules are judged on, at one moment, for one workload.
struct Situation {
    private let definition: Boxed<Workload>
    private let fold: Boxed<WorkloadState>
    let verdict: Verdict
    private(set) var databases: [DatabaseAssessment]
    private(set) var inquiries: [Inquiry]
    let attention: Attention
    let surroundings: Surroundings
    let now: Timestamp
    /// The request that is being judged, if one is.
    let request: OperatorRequest?
    /// What the workload's plan depends on that may fail with the Region it leaves; nil when it was not
    /// looked into yet.
    let dependence: Dependence?
    /// Whether the try that just failed may be repeated.
    var lastTryRetryable = false
    /// The step at hand goes on after a restart, and the databases could not be looked at since.
    var unseen = false
    /// Whether votes and gates come with their words. They are most of the work, and mostly nobody reads
    /// them.
    private(set) var spells = false
    private(set) var closedGates = GateSet.none

    /// `judged`: what `inquiries` say, where that is known already.
    init(
        _ definition: Boxed<Workload>, _ fold: Boxed<WorkloadState>, inquiries: [Inquiry],
        judged: [DatabaseAssessment]? = nil,
        attention: Attention, surroundings: Surroundings, now: Timestamp, request: OperatorRequest? = nil,
        dependence: Dependence? = nil
    ) {
        self.definition = definition
        self.fold = fold
        self.inquiries = inquiries
        databases = judged ?? inquiries.map { $0.assess() }
        verdict = Verdict.combined(databases.lazy.map(\.verdict))
        self.attention = attention
        self.surroundings = surroundings
        self.now = now
        self.request = request
        self.dependence = dependence
        closedGates = judgeGates()
    }

    /// The same with words.
    func spelled() -> Situation {
        guard !spells else { return self }
        var copy = self
        copy.spells = true
        for index in copy.inquiries.indices { copy.inquiries[index].spells = true }
        copy.databases = copy.inquiries.map { $0.assess() }
        return copy
    }

    var workload: Workload { definition.value }
    var state: WorkloadState { fold.value }
    var policy: Policy { definition.value.policy }

    /// The quorum has held over the whole confirmation window.
    var confirmed: Bool {
        guard let since = attention.quorumSince else { return false }
        return (now - since >= policy.confirmationWindow && !planted(.neverConfirms))
            || planted(.skipsTheWindow)
    }

    func failedVotes(of assessment: DatabaseAssessment) -> [Vote] {
        assessment.votes.filter { $0.opinion == .failed && policy.witnesses.contains($0.witness) }
    }
}
