import ArgumentParser
import Failover
import Server

/// What failovers may have lost, until somebody has dealt with it.
struct Ledger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what failovers may have lost, and close what is dealt with.",
        discussion: """
            Each failover freezes what was known of the lag as it was decided. Its ledger stays open until \
            somebody has compared the two sides and says so: drctl ledger close.
            """,
        subcommands: [Show.self, Close.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the open ledgers.")

        @Argument(help: "Show only this workload's.") var workload: String?
        @OptionGroup var common: CommonOptions

        func run() async throws {
            var views = try await common.client().status().workloads
            if let workload {
                let known = views.map(\.id.rawValue)
                views = views.filter { $0.id.rawValue == workload }
                guard !views.isEmpty else { throw unknownWorkload(workload, known: known) }
            }
            let ledgers = views.map(WorkloadLedgers.init)
            if common.json { return try printJSON(ledgers) }
            let open = ledgers.filter { !$0.ledgers.isEmpty }
            common.show(open.isEmpty ? "no ledger is open" : open.map(\.text).joined(separator: "\n\n"))
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that what a failover may have lost is dealt with.")

        @Argument(help: "The workload.") var workload: String
        @Option(help: "Which failover of the workload: its number.") var failover: Int
        @OptionGroup var reason: ReasonOptions
        @OptionGroup var common: CommonOptions

        func run() async throws {
            var request = try reason.request(.closeLedger)
            request.failover = failover
            let answer = try await common.client().request(request, for: WorkloadID(workload))
            try report(answer, json: common.json)
        }
    }
}

extension WorkloadLedgers {
    var text: String {
        (["\(workload)"] + ledgers.map { LedgerText(ledger: $0).text }).joined(separator: "\n")
    }
}
