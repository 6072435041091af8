import ArgumentParser
import Failover
import Server

struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say why drctl did what it did, or why it did not.",
        discussion: "Works from the journal alone, so also when no service runs.")

    @Argument(help: "The workload.")
    var workload: String

    @Option(help: "As it was at this time, such as 2026-01-02T03:04:05Z.")
    var at: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let source = RecordSource(common: common)
        let id = WorkloadID(workload)
        let entries: [HistoryEntry]
        if let at {
            guard let time = Timestamp(at) else {
                throw Failure(.usage, "--at takes a time in UTC such as 2026-01-02T03:04:05Z, not '\(at)'")
            }
            entries = try source.until(time, workload: id, limit: 1000)
        } else {
            entries = try await source.latest(workload: id, limit: 1000)
        }
        let explanation = Explanation(workload: id, records: entries.map(\.record))
        if common.json { return try printJSON(explanation) }
        guard explanation.phase != nil else {
            let known = (try? common.load())?.workloads.map(\.id.rawValue) ?? []
            if !known.isEmpty, !known.contains(workload) { throw unknownWorkload(workload, known: known) }
            let latest = explanation.assessment?.sentence ?? "nothing is recorded about it yet"
            return say("\(workload): watching: \(latest)")
        }
        say(explanation.text)
    }
}

/// What the journal says about a workload's present phase.
struct Explanation: Encodable {
    var workload: WorkloadID
    var phase: Phase?
    var since: Timestamp?
    var rule: RuleID?
    var because: String?
    /// The judgement that the phase rests on, or the newest since then.
    var assessment: Assessment?
    var ending: PlanEnding?
    /// What led here, oldest first.
    var records: [Record]

    init(workload: WorkloadID, records: [Record]) {
        self.workload = workload
        for record in records {
            switch record.event {
            case .phaseChanged(_, let to, let because, let assessment):
                (phase, since, rule) = (to, record.at, record.rule)
                (self.because, self.assessment) = (because, assessment)
            case .assessed(let assessment): self.assessment = assessment
            case .planEnded(let ending): self.ending = ending
            default: break
            }
        }
        self.records = records.filter { record in
            switch record.event {
            case .noticeIssued, .noticeSettled, .assessed: false
            default: true
            }
        }.suffix(15)
    }

    var text: String {
        guard let phase, let since, let assessment else { return "\(workload): nothing is recorded" }
        // While nothing is decided the newest judgement says why not; afterwards the rule says why.
        let reason =
            switch phase {
            case .blocked: assessment.reasons
            case .watching, .suspected, .awaitingApproval: assessment.sentence
            case .failingOver, .needsOperator, .failedOver: because ?? ""
            }
        var lines = ["\(workload): \(phase.rawValue): \(reason)"]
        lines.append("since \(since)\(rule.map { ", by rule \($0)" } ?? "")")
        lines.append("")
        lines += phase == .failedOver ? outcome : evidence(assessment)
        lines.append("what led here")
        lines += records.map { "  \($0.at)  \(RecordText(record: $0).line)" }
        return lines.joined(separator: "\n")
    }

    private var outcome: [String] {
        guard let ending else { return [] }
        let missing = ending.unconfirmed.map(\.rawValue).joined(separator: ", ")
        return [
            "the plan was \(ending.outcome.rawValue)\(missing.isEmpty ? "" : "; not confirmed: \(missing)")",
            "",
        ]
    }

    private func evidence(_ assessment: Assessment) -> [String] {
        var lines = ["\(assessment.sentence) (judged \(assessment.at))"]
        for database in assessment.databases {
            lines.append("\(database.database): \(database.verdict.rawValue)")
            lines.append(AssessmentText.votes(database, indent: 2))
        }
        lines.append("gates")
        lines.append(AssessmentText.gates(assessment.gates, indent: 2))
        return lines
    }
}
