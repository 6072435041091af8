import ArgumentParser
import Failover
import Settings

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Check that a failover would work: this host, every Region, and every resource that is named.",
        discussion: """
            Changes nothing: it only reads, and asks EC2 with DryRun. Takes less than 30 s, also when a \
            Region is dead. Exits with 1 when a check fails; warnings do not count.
            """)

    @Argument(help: "Only this workload, besides the host.")
    var workload: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        var configuration = try common.load()
        if let workload {
            let known = configuration.workloads.map(\.id.rawValue)
            configuration.workloads = configuration.workloads.filter { $0.id.rawValue == workload }
            guard !configuration.workloads.isEmpty else { throw unknownWorkload(workload, known: known) }
        }
        let assembly = try Assembly(configuration)
        let context = DoctorContext(
            assembly: assembly, socketPath: common.socket ?? configuration.controller.socket)
        let report = await Consultation(context: context).report()
        if common.json { try printJSON(report) } else { common.show(report.text) }
        guard report.healthy else { throw Failure(.failed) }
    }
}
