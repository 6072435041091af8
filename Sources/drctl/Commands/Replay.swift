import ArgumentParser
import Failover
import Journal
import Settings

struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what another configuration would have decided on what was observed.",
        discussion: """
            Runs recorded observations, at their times, through a fresh decision machine under another \
            configuration, and compares with what the journal says was decided then. Nothing is acted on, \
            and no service is asked. docs/replay.md says what is assumed. Exits with 0 whatever would \
            have been decided; with 1 when nothing was recorded in that time or the recording cannot be \
            read; with 2 when the recording and the configuration do not fit together.
            """)

    @Argument(help: "Only these workloads.")
    var workloads: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Begin at this time: \(Moment.forms). Default: all.", valueName: "time"))
    var from: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("End at this time.", valueName: "time"))
    var to: String?

    @Option(
        help: "The other configuration. Default: the present one, which shows what it would decide today.")
    var with: String?

    @Flag(help: "Let operators ask again what the journal says they asked: hold, approve, failover, ...")
    var requests = false

    @Flag(help: "Only list what is recorded, and how many bytes it takes up.")
    var list = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let present = try common.load()
        let recording: Recording
        do {
            recording = try Recording.openReadOnly(path: present.controller.recording.path)
        } catch {
            throw Failure(.failed, "\(error)")
        }
        defer { recording.close() }
        do {
            if list { return try show(RecordingList(recording)) }
            let question = ReplayQuestion(
                workloads: workloads.map { WorkloadID($0) }, span: try span(), takesRequests: requests,
                configuration: try other() ?? present, configurationName: with ?? common.configPath)
            let report = try await ReplayRun(question: question, recording: recording)
                .report(from: RecordSource(common: common))
            if common.json { try printJSON(report) } else { say(ReplayText(report: report).text) }
        } catch let error as RecordingError {
            throw Failure(.failed, "\(error)")
        }
    }

    private func show(_ list: RecordingList) throws {
        if common.json { try printJSON(list) } else { say(list.text) }
    }

    private func other() throws -> Configuration? {
        guard let with else { return nil }
        do {
            return try Configuration.load(path: with)
        } catch {
            throw Failure(.usage, "\(error)")
        }
    }

    private func span() throws -> ReplayQuestion.Span {
        let now = wallTime()
        let start = try from.map { try moment($0, option: "--from", now: now) }
        let end = try to.map { try moment($0, option: "--to", now: now) }
        if let start, start > now {
            throw Failure(.usage, "--from lies in the future: \(start), and it is \(now)")
        }
        if let start, let end, end <= start {
            throw Failure(.usage, "--to must be later than --from: \(end) is not after \(start)")
        }
        return ReplayQuestion.Span(start: start, end: end)
    }
}
