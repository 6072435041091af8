import Failover

enum BudgetKey: String, SectionKey {
    case callsPerSecond = "calls_per_second"
    case dollarsPerMonth = "dollars_per_month"

    static let places = ["controller.budget"]
}

extension BudgetSettings {
    /// What the section says, and the defaults where it says nothing.
    init(_ section: Section<BudgetKey>?) {
        self.init()
        if let calls = section?.field(.callsPerSecond)?.integer(in: 1...1000) {
            callsPerSecond = Double(calls.value)
        }
        if let dollars = section?.field(.dollarsPerMonth)?.integer(in: 1...100_000) {
            dollarsPerMonth = Double(dollars.value)
        }
    }
}
