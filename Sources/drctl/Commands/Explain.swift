import ArgumentParser
import Failover
import Journal
import Server

struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say why drctl did what it did, or why it did not.",
        discussion: """
            Works from the journal alone, so also when no service runs. When nothing was decided it names \
            the gates that were closed, since when, and on what evidence. Exits with 1 when the journal \
            knows nothing of that time, and with 2 when the time lies in the future.
            """)

    @Argument(help: "The workload.")
    var workload: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("As it was at this time: \(Moment.forms).", valueName: "time"))
    var at: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let id = WorkloadID(workload)
        let source = RecordSource(common: common)
        let explanation: Explanation
        if let at {
            let now = wallTime()
            let time = try moment(at, option: "--at", now: now)
            guard time <= now else {
                throw Failure(
                    .usage,
                    "\(time) is in the future (it is \(now)): nothing has been decided for then; without "
                        + "--at, explain says what holds now")
            }
            explanation =
                if common.isRemote {
                    try await common.client().explanation(of: id, at: time)
                } else {
                    try await source.explanation(of: id, at: time)
                }
        } else {
            explanation = try await source.explanation(of: id)
        }
        if explanation.isEmpty { try await complain(explanation) }
        if common.json { return try printJSON(explanation) }
        common.show(ExplanationText(explanation: explanation).text)
    }

    private func complain(_ explanation: Explanation) async throws {
        try await common.checkName(WorkloadID(workload))
        // A workload that has only just been added is no failure; a question about its past is.
        guard let at = explanation.at else { return }
        throw Failure(.failed, "nothing was recorded about \(workload) yet at \(at)")
    }
}

extension RecordSource {
    /// What the service says of now, or, when none answers, what the journal's file last knew.
    func explanation(of workload: WorkloadID) async throws -> Explanation {
        do {
            let entries = try await common.client().history(after: nil, workload: workload, limit: 1000)
            return Explanation(workload: workload, records: entries.map(\.record))
        } catch let failure as Failure where failure.status == .noAnswer && !common.isRemote {
            var records: [Record] = []
            try await eachRecord { JournalExplanation.keep($0, in: &records, of: workload) }
            return Explanation(workload: workload, records: records)
        }
    }

    /// What the journal's file says about a time.
    func explanation(of workload: WorkloadID, at time: Timestamp) async throws -> Explanation {
        var past = JournalExplanation(of: workload, at: time)
        try await eachRecord { past.take($0) }
        guard let first = past.first else {
            throw Failure(.failed, "the journal is empty: nothing has been decided yet")
        }
        guard first <= time else {
            throw Failure(.failed, "the journal begins at \(first): nothing is known of \(time)")
        }
        return past.explanation
    }
}
