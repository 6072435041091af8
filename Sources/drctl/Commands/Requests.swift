import ArgumentParser
import Failover
import Server

/// Sends a request and says what came of it.
func ask(
    _ verb: OperatorRequest.Verb, _ workload: String, _ reason: ReasonOptions, _ common: CommonOptions,
    overrides: [GateID] = []
) async throws {
    let client = try common.client()
    let answer = try await client.request(
        try reason.request(verb, overrides: overrides), for: WorkloadID(workload))
    try report(answer, json: common.json)
}

func report(_ answer: RequestAnswer, json: Bool) throws {
    if json { try printJSON(answer) } else if answer.accepted { say(answer.message) }
    if answer.inDoubt == true {
        throw Failure(
            .inDoubt, json ? "" : "in doubt: \(answer.message); drctl status and drctl history will tell")
    }
    guard answer.accepted else { throw Failure(.refused, json ? "" : "refused: \(answer.message)") }
}

struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say yes to a failover that waits for approval.",
        discussion: "Every other gate must still be open. Exits with 3 when one is not, or nothing waits.")
    @Argument(help: "The workload.") var workload: String
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var common: CommonOptions
    func run() async throws {
        try await ask(.approve, workload, reason, common)
        try await Progress(
            client: try common.client(), workload: WorkloadID(workload), silent: common.json
        ).follow()
    }
}

struct Hold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep a workload from failing over, until release.")
    @Argument(help: "The workload.") var workload: String
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var common: CommonOptions
    func run() async throws { try await ask(.hold, workload, reason, common) }
}

struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take a workload off hold.")
    @Argument(help: "The workload.") var workload: String
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var common: CommonOptions
    func run() async throws { try await ask(.release, workload, reason, common) }
}

struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Try the step again at which a plan stopped.",
        discussion: """
            It looks before it repeats anything. Before the promotion it passes over what drctl failover \
            passes over, and no more unless it is told to; source-alive cannot be passed over here.
            """)
    @Argument(help: "The workload.") var workload: String
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var gates: GateOptions
    @OptionGroup var common: CommonOptions
    func run() async throws {
        let overrides = try gates.overrides(except: [
            .sourceAlive:
                "a plan that goes on may have no fence that holds: drctl abandon, then drctl failover"
        ])
        try await ask(.resume, workload, reason, common, overrides: overrides)
        try await Progress(
            client: try common.client(), workload: WorkloadID(workload), silent: common.json
        ).follow()
    }
}

struct Abandon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give up a plan that stopped, and leave everything as it is.")
    @Argument(help: "The workload.") var workload: String
    @OptionGroup var reason: ReasonOptions
    @OptionGroup var common: CommonOptions
    func run() async throws { try await ask(.abandon, workload, reason, common) }
}
