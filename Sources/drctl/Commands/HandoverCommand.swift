import ArgumentParser
import Failover
import Server
import Settings

/// After a failover and after a failback: they differ in the direction alone.
struct HandoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handover",
        abstract: "Show what is left to people after a failover: which state and settings to turn, and how.",
        discussion: """
            For each workload that runs in its standby Region: how replication is rebuilt, every value of \
            config.yaml that speaks of a role, and the commands in their order. A value that only people \
            know is shown as ?, with what it must be. Changes nothing.
            """)

    @Argument(help: "Show only this workload's.")
    var workload: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let configuration = try common.load()
        let known = configuration.workloads.map(\.id.rawValue)
        if let workload, !known.contains(workload) { throw unknownWorkload(workload, known: known) }
        let views = try await common.client().status().workloads.filter { view in
            view.phase == .failedOver && (workload.map { $0 == view.id.rawValue } ?? true)
        }
        let handovers = views.compactMap { view in
            configuration.workloads.first { $0.id == view.id }
                .map { Handover($0, view: view, controller: configuration.controller.region) }
        }
        if common.json { return try printJSON(handovers) }
        let texts = handovers.map { HandoverText(handover: $0).text }
        let nothing = "nothing to hand over: nobody is failed over"
        say(texts.isEmpty ? nothing : texts.joined(separator: "\n\n"))
    }
}
