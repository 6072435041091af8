import Failover

/// What one errand wants to know about one database.
public struct Question: Sendable, Hashable {
    public var workload: WorkloadID
    public var database: DatabaseID
    public var slot: Slot

    public init(workload: WorkloadID, database: DatabaseID, slot: Slot) {
        self.workload = workload
        self.database = database
        self.slot = slot
    }

    /// The fact that there is no answer.
    func unknown(_ reason: UnknownReason, _ detail: String) -> Fact {
        switch slot {
        case .routeHealth: .routeHealth(reading: .unknown(reason: reason, detail: detail))
        case .primaryDatabase: .database(side: .primary, reading: .unknown(reason: reason, detail: detail))
        case .standbyDatabase: .database(side: .standby, reading: .unknown(reason: reason, detail: detail))
        case .replication: .replication(reading: .unknown(reason: reason, detail: detail))
        case .primaryProbe: .probe(side: .primary, reading: .unknown(reason: reason, detail: detail))
        case .standbyProbe: .probe(side: .standby, reading: .unknown(reason: reason, detail: detail))
        }
    }
}

/// One trip to one endpoint, for one or many databases. It is the unit that runs and fails by itself, so that
/// an endpoint that hangs delays the answers of no other.
public struct Errand: Sendable {
    /// As in `Observation`.
    public var source: String
    /// As in `Observation`.
    public var vantage: String
    public var questions: [Question]
    /// When it is given up; then every question is answered with *silent*.
    public var limit: Duration
    /// Calls to AWS; none for a probe.
    public var expenses: [Expense]
    /// Tells apart errands that ask different things about the same.
    public var variant = ""
    /// Whether it may begin a while after it was made. One that writes may not: whom it writes to is only
    /// known for now.
    public var mayWait = true
    /// Whether only so many of its kind are under way at once. What it waits for that is not in its `limit`.
    var takesTurn = false
    /// The observations; those that a cancelled errand did not make are left out.
    public var ask: @Sendable () async -> [Observation]

    public init(
        source: String, vantage: String, questions: [Question], limit: Duration,
        expenses: [Expense] = [], ask: @escaping @Sendable () async -> [Observation]
    ) {
        self.source = source
        self.vantage = vantage
        self.questions = questions
        self.limit = limit
        self.expenses = expenses
        self.ask = ask
    }

    /// Asks, for no longer than `limit`. Empty when the task is cancelled: to give up is not to have seen
    /// silence.
    func answered(
        now: @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) async -> [Observation] {
        let answers = await withTimeLimit(limit, sleep: sleep, ask)
        if let answers { return answers }
        guard !Task.isCancelled else { return [] }
        let at = now()
        return questions.map { question in
            question.observed(
                question.unknown(.silent, "no answer in \(limit.text)"), source: source, vantage: vantage,
                at: at)
        }
    }
}

extension Question {
    func observed(_ fact: Fact, source: String, vantage: String, at: Timestamp) -> Observation {
        Observation(
            workload: workload, database: database, source: source, vantage: vantage, at: at, fact: fact)
    }
}
