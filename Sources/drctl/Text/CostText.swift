import Failover
import Foundation

/// The estimate, for people.
struct CostText {
    let report: CostReport

    var text: String {
        let heads = ["service", "Region", "operation", "calls/month", "USD/month", "how"]
        let rows = report.items.map { item in
            [
                item.service, item.region, item.operation, item.callsPerMonth?.grouped ?? "-",
                item.dollarsPerMonth.dollars, "\(item.formula)\(price(of: item))",
            ]
        }
        let total = ["total", "", "", report.callsPerMonth.grouped, report.dollarsPerMonth.dollars, ""]
        var lines = [table([heads] + rows + [total]), ""]
        lines += report.remarks.map {
            "! \($0.service) in \($0.region), \($0.callsPerSecond.plain) calls a second: \($0.remark)"
        }
        let limit = report.budget.dollarsPerMonth.map { ", \($0.dollars) USD a month for metrics" } ?? ""
        lines.append(
            "budget: \(report.budget.callsPerSecond.plain) calls a second to each API of each Region\(limit)")
        lines.append(
            """
            For one host, while all is well, every \(report.pollIntervalSeconds.plain) s. A suspect is \
            looked at twice as often. A million notices cost \((Price.publish.dollars * 1_000_000).dollars) \
            USD to publish and \((Price.delivery.dollars * 1_000_000).dollars) USD to deliver to each \
            HTTPS subscriber, and nothing while there are none. Prices: US Regions, as of \
            \(report.pricesAsOf):
            """)
        let sources = Set(report.items.map(\.price).filter { $0.dollars > 0 }.map(\.source))
        lines += sources.sorted().map { "  \($0)" }
        return lines.joined(separator: "\n")
    }

    private func price(of item: CostItem) -> String {
        guard item.price.dollars > 0 else { return ", free" }
        return item.price.dollars < 0.001
            ? " x \((item.price.dollars * 1_000_000).plain) USD / million"
            : " x \(item.price.dollars.dollars) USD"
    }
}

extension Double {
    /// USD, with cents.
    var dollars: String { String(format: "%.2f", self) }

    /// `2,592,000`.
    fileprivate var grouped: String {
        var digits = Array(String(Int(rounded())))
        var index = digits.count - 3
        while index > 0 {
            digits.insert(",", at: index)
            index -= 3
        }
        return String(digits)
    }
}
