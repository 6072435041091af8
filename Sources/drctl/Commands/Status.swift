import ArgumentParser
import Failover
import Server
import Settings

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show where every workload stands.",
        discussion: "Exits with 4 when a workload that is shown waits for approval.")

    @Argument(help: "Show only this workload, in detail.")
    var workload: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        var status = try await common.client().status()
        if let workload {
            let known = status.workloads.map(\.id.rawValue)
            status.workloads = status.workloads.filter { $0.id.rawValue == workload }
            guard !status.workloads.isEmpty else { throw unknownWorkload(workload, known: known) }
        }
        if common.json {
            try printJSON(status)
        } else {
            common.show(StatusText(status: status, detailed: workload != nil).text)
        }
        if status.workloads.contains(where: { $0.phase == .awaitingApproval }) {
            throw Failure(.waitingForApproval)
        }
    }
}

func unknownWorkload(_ name: String, known: [String]) -> Failure {
    let meant = nearest(to: name, in: known).map { "; did you mean \($0)?" } ?? ""
    return Failure(.usage, "there is no workload '\(name)'; known: \(known.joined(separator: ", "))\(meant)")
}
