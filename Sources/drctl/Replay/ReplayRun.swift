import Controller
import Failover
import Journal
import Settings

/// Runs a recording through a machine of its own.
struct ReplayRun {
    let question: ReplayQuestion
    let recording: Recording

    /// A replay that begins in the middle of a session begins this much earlier: windows need a past.
    private static let lead = Duration.seconds(600)

    func report(from journal: RecordSource) async throws -> ReplayReport {
        let all = try recording.sessions()
        guard let first = all.map(\.session.startedAt).min(), let last = all.map(\.seenUntil).max() else {
            throw Failure(.failed, "nothing is recorded in \(recording.path) yet")
        }
        let (start, end) = (question.span.start ?? first, question.span.end ?? last)
        let sessions = all.filter { $0.session.startedAt <= end && $0.seenUntil >= start }
        guard !sessions.isEmpty else {
            throw Failure(
                .failed,
                "nothing was recorded from \(start) to \(end): the recording has \(first) to \(last)")
        }
        let workloads = try question.chosen(in: sessions)
        let begin = max(start - Self.lead, sessions[0].session.startedAt)
        let past = try await Past(workloads: Set(workloads.map(\.id)), from: begin, to: end, of: journal)
        var reenactment = Reenactment(
            machine: past.folded(into: machine(workloads)), workloads: Set(workloads.map(\.id)),
            precedents: past.precedents, aftermath: past.aftermath,
            requests: question.takesRequests ? past.petitions : [])
        for session in sessions { try run(session, from: begin, to: end, &reenactment) }
        return ReplayReport(
            question: question, span: (begin, end), sessions: sessions, workloads: workloads,
            reenactment: reenactment, past: past)
    }

    private func machine(_ workloads: [Workload]) -> DecisionMachine {
        DecisionMachine(
            workloads: workloads,
            maxConcurrentFailovers: question.configuration.controller.maxConcurrentFailovers,
            fleetBrake: question.configuration.controller.fleetBrake, host: question.configuration.hostFacts)
    }

    private func run(
        _ session: RecordedSession, from begin: Timestamp, to end: Timestamp, _ reenactment: inout Reenactment
    ) throws {
        let start = max(begin, session.session.startedAt)
        let stop = min(end, session.seenUntil)
        guard start <= stop else { return }
        reenactment.begin(session.session, at: start)
        try recording.replay(session: session.number, from: start, to: stop) { reenactment.take($0) }
        reenactment.end(at: stop)
    }
}
