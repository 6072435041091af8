import Controller
import Failover
import Journal

/// `drctl replay --json`.
struct ReplayReport: Encodable {
    /// The configuration that was tried, as the user named it, and the digest of its content.
    var configuration: String
    var configurationDigest: String
    var from: Timestamp
    var to: Timestamp
    var sessions: [Session]
    /// Times within the span of which nothing is recorded.
    var gaps: [Gap]
    var observations: Int
    var ticks: Int
    /// Steps that count as done in their typical time, because nothing tells how long they would have taken.
    var assumedSteps: [StepID]
    /// What to know before relying on it.
    var notes: [String]
    var workloads: [WorkloadReport]

    struct Session: Encodable {
        var startedAt: Timestamp
        var seenUntil: Timestamp
        var configurationDigest: String
        var lost: Int
    }

    struct Gap: Encodable {
        var from: Timestamp
        var to: Timestamp
    }

    struct WorkloadReport: Encodable {
        var workload: WorkloadID
        /// What would have changed its phase.
        var changes: [Change]
        var comparisons: [Item]
    }

    struct Change: Encodable {
        var at: Timestamp
        var from: Phase
        var to: Phase
        var rule: RuleID?
        var because: String
    }

    struct Item: Encodable {
        var result: Comparison.Result
        /// Negative: earlier than then.
        var shiftSeconds: Double?
        var then: Milestone?
        var now: Milestone?

        init(_ comparison: Comparison) {
            result = comparison.result
            shiftSeconds = comparison.shift?.inSeconds
            (then, now) = (comparison.then, comparison.now)
        }
    }

    init(
        question: ReplayQuestion, span: (Timestamp, Timestamp), sessions: [RecordedSession],
        workloads: [Workload], reenactment: Reenactment, past: Past
    ) {
        configuration = question.configurationName
        configurationDigest = question.configuration.digest
        (from, to) = span
        self.sessions = sessions.map { session in
            Session(
                startedAt: session.session.startedAt, seenUntil: session.seenUntil,
                configurationDigest: session.session.configurationDigest, lost: session.lost)
        }
        gaps = Self.gaps(between: sessions, from: span.0, to: span.1)
        observations = reenactment.observations
        ticks = reenactment.ticks
        assumedSteps = reenactment.assumedSteps
        notes = []
        let compared = Comparison.all(
            then: past.absence == nil ? Milestone.all(in: past.records) : [],
            now: Milestone.all(in: reenactment.records))
        self.workloads = workloads.map { workload in
            WorkloadReport(
                workload: workload.id, changes: Self.changes(of: workload.id, in: reenactment.records),
                comparisons: past.absence == nil
                    ? compared.filter { ($0.then ?? $0.now)?.workload == workload.id }.map(Item.init) : [])
        }
        notes = noteworthy(question, reenactment, past, compared)
    }

    private static func gaps(
        between sessions: [RecordedSession], from start: Timestamp, to end: Timestamp
    ) -> [Gap] {
        var gaps: [Gap] = []
        var seen = start
        for session in sessions {
            // A service that is started anew is away for some seconds; that is not worth a word.
            let quiet = session.session.startedAt - seen
            if quiet > .milliseconds(3 * session.session.roundMilliseconds) {
                gaps.append(Gap(from: seen, to: session.session.startedAt))
            }
            seen = max(seen, session.seenUntil)
        }
        if end - seen > .seconds(90) { gaps.append(Gap(from: seen, to: end)) }
        return gaps
    }

    private static func changes(of workload: WorkloadID, in records: [Record]) -> [Change] {
        records.compactMap { record in
            guard record.workload == workload,
                case .phaseChanged(let from, let to, let because, _) = record.event
            else { return nil }
            return Change(at: record.at, from: from, to: to, rule: record.rule, because: because)
        }
    }

    private func noteworthy(
        _ question: ReplayQuestion, _ reenactment: Reenactment, _ past: Past, _ compared: [Comparison]
    ) -> [String] {
        var notes: [String] = []
        if let absence = past.absence { notes.append(absence) }
        let lost = sessions.map(\.lost).reduce(0, +)
        if lost > 0 {
            notes.append("\(lost) observations were made and could not be recorded: they are missing here")
        }
        if !question.takesRequests, !past.petitions.isEmpty {
            notes.append(
                "\(past.petitions.count) requests of operators are left out; --requests takes them in")
        }
        if !reenactment.isUndone.isEmpty {
            let names = reenactment.isUndone.sorted().map(\.rawValue).joined(separator: ", ")
            notes.append(
                "of \(names) a real failover promoted the standby where this configuration had not: it "
                    + "counts as what it was before, having received nothing since")
        }
        if compared.contains(where: { $0.now?.kind == .failover && $0.result != .same }) {
            notes.append(
                "after a failover that did not happen like that, the recording shows a world without it")
        }
        return notes
    }
}
