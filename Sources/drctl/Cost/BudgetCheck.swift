import Failover
import Observers
import Settings

/// Whether the rounds over all workloads fit into `controller.budget`: one that does not hold them would make
/// drctl look at healthy workloads more rarely than it says.
struct BudgetCheck {
    let configuration: Configuration

    /// Sentences; none when all is well.
    var problems: [(path: String, message: String)] {
        let estimate = CostEstimate(configuration: configuration)
        let budget = configuration.controller.budget
        let interval = configuration.controller.pollInterval
        var problems: [(path: String, message: String)] = []
        for (place, rate) in estimate.rates where rate > budget.callsPerSecond {
            problems.append(
                (
                    "controller.budget.calls_per_second",
                    "is \(budget.callsPerSecond.plain), but the rounds over all workloads ask "
                        + "\(place.service) in \(place.region) \(rate.plain) times a second, every "
                        + "\(interval.text); raise it, or controller.poll_interval"
                ))
        }
        if let limit = budget.dollarsPerMonth, estimate.dollarsForMetrics > limit {
            problems.append(
                (
                    "controller.budget.dollars_per_month",
                    "is \(limit.plain), but the metrics of all workloads cost "
                        + "\(estimate.dollarsForMetrics.dollars) a month at a poll interval of "
                        + "\(interval.text) (drctl cost); raise it, or controller.poll_interval"
                ))
        }
        return problems
    }
}

extension Configuration {
    /// Reads a file and checks all of it, its budget included.
    static func checked(path: String) throws(ConfigurationErrors) -> Configuration {
        let configuration = try load(path: path)
        let problems = BudgetCheck(configuration: configuration).problems.map { problem in
            Problem(
                file: path, line: configuration.budgetPosition?.line ?? 1,
                column: configuration.budgetPosition?.column ?? 1, path: problem.path,
                message: problem.message)
        }
        guard problems.isEmpty else { throw ConfigurationErrors(problems: problems) }
        return configuration
    }
}
