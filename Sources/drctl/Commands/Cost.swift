import ArgumentParser
import Settings

struct Cost: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what the configuration at hand asks of AWS a month, and what that costs.",
        discussion: """
            An estimate for a month of 30 days in which all is well, at AWS's list prices of the US Regions. \
            Nothing is asked of AWS for it.
            """)

    @OptionGroup var common: CommonOptions

    func run() throws {
        let report = CostReport(CostEstimate(configuration: try common.load()))
        if common.json { return try printJSON(report) }
        say(CostText(report: report).text)
    }
}

/// What `drctl cost --json` prints.
struct CostReport: Encodable {
    var pricesAsOf = Price.asOf
    var pollIntervalSeconds: Double
    var workloads: Int
    var items: [CostItem]
    var callsPerMonth: Double
    var dollarsPerMonth: Double
    var budget: Budget
    var remarks: [RateRemark]

    struct Budget: Encodable {
        var callsPerSecond: Double
        var dollarsPerMonth: Double?
    }

    init(_ estimate: CostEstimate) {
        let controller = estimate.configuration.controller
        pollIntervalSeconds = controller.pollInterval.inSeconds
        workloads = estimate.configuration.workloads.count
        items = estimate.items
        callsPerMonth = items.reduce(0) { $0 + ($1.callsPerMonth ?? 0) }
        dollarsPerMonth = items.reduce(0) { $0 + $1.dollarsPerMonth }
        budget = Budget(
            callsPerSecond: controller.budget.callsPerSecond,
            dollarsPerMonth: controller.budget.dollarsPerMonth)
        remarks = RateRemark.all(about: estimate)
    }
}
