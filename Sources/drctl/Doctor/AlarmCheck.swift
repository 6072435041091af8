import AWS
import Failover

/// Does the alarm watch the lever's metric, and does 1 mean *unhealthy* and 0 *healthy*?
struct AlarmCheck {
    var name: String
    var lever: HealthCheckLever
    var alarm: MetricAlarm
    /// The health check says the opposite of what the alarm's data say.
    var isInverted: Bool
    /// What the health check follows: the alarm as it was when the two were tied.
    var followed: HealthCheckAlarmConfiguration?

    var findings: [Finding] { metric + threshold + sampling + drift }

    private var metric: [Finding] {
        let found = Dictionary(alarm.dimensions.map { ($0.name, $0.value) }) { first, _ in first }
        guard
            alarm.namespace != lever.namespace || alarm.metricName != lever.metric
                || found != lever.dimensions
        else {
            return []
        }
        return [
            .fail(
                name,
                "alarm \(alarm.alarmName) watches \(text(alarm.namespace, alarm.metricName, found)), the "
                    + "lever puts \(text(lever.namespace, lever.metric, lever.dimensions)): make them the "
                    + "same, and the health check anew")
        ]
    }

    private func text(_ namespace: String?, _ metric: String?, _ dimensions: [String: String]) -> String {
        let inner = dimensions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
            separator: ",")
        return "\(namespace ?? "-") \(metric ?? "-"){\(inner)}"
    }

    private var threshold: [Finding] {
        guard let threshold = alarm.threshold, let word = alarm.comparisonOperator,
            let one = Self.breaches(1, word, threshold), let zero = Self.breaches(0, word, threshold)
        else {
            return [
                .fail(
                    name,
                    "alarm \(alarm.alarmName) compares by \(alarm.comparisonOperator ?? "nothing"): use "
                        + "GreaterThanOrEqualToThreshold with threshold 1")
            ]
        }
        guard one != isInverted, zero == isInverted else {
            let how = "\(word) \(threshold)\(isInverted ? ", inverted" : "")"
            return [
                .fail(
                    name,
                    "alarm \(alarm.alarmName) (\(how)) does not tell 1 from 0 as the lever needs: 1 must be "
                        + "past the threshold and 0 not. Use GreaterThanOrEqualToThreshold with threshold 1")
            ]
        }
        return []
    }

    /// Nil for a comparison with a band, which a health check cannot follow.
    static func breaches(_ value: Double, _ word: String, _ threshold: Double) -> Bool? {
        switch word {
        case "GreaterThanOrEqualToThreshold": value >= threshold
        case "GreaterThanThreshold": value > threshold
        case "LessThanThreshold": value < threshold
        case "LessThanOrEqualToThreshold": value <= threshold
        default: nil
        }
    }

    /// A health check follows standard resolution and five statistics only; of these SampleCount is 1 for a
    /// 0 too.
    private var sampling: [Finding] {
        var findings: [Finding] = []
        let statistics = ["Average", "Minimum", "Maximum", "Sum"]
        if !statistics.contains(alarm.statistic ?? "") {
            findings.append(
                .fail(
                    name,
                    "alarm \(alarm.alarmName) uses "
                        + "\(alarm.statistic ?? alarm.extendedStatistic ?? "no statistic"): use Maximum"
                ))
        }
        if let period = alarm.period, period < 60 {
            findings.append(
                .fail(
                    name,
                    "alarm \(alarm.alarmName) has a period of \(period) s: a health check needs 60 s or more")
            )
        }
        if let span = alarm.period.flatMap({ period in alarm.evaluationPeriods.map { period * $0 } }),
            span > 180
        {
            findings.append(
                .warn(
                    name,
                    "alarm \(alarm.alarmName) takes \(span) s to follow: one period of 60 s moves the "
                        + "traffic soonest"
                ))
        }
        return findings
    }

    private var drift: [Finding] {
        guard let followed else { return [] }
        let pairs: [(String, String?, String?)] = [
            ("Threshold", followed.threshold.map { "\($0)" }, alarm.threshold.map { "\($0)" }),
            ("ComparisonOperator", followed.comparisonOperator, alarm.comparisonOperator),
            ("MetricName", followed.metricName, alarm.metricName),
            ("Namespace", followed.namespace, alarm.namespace),
            ("Period", followed.period.map { "\($0)" }, alarm.period.map { "\($0)" }),
            ("Statistic", followed.statistic, alarm.statistic),
        ]
        let changed = pairs.filter { $0.1 != nil && $0.1 != $0.2 }.map(\.0)
        guard !changed.isEmpty else { return [] }
        return [
            .fail(
                name,
                "alarm \(alarm.alarmName) was edited (\(changed.joined(separator: ", "))) after the health "
                    + "check was made, which follows it as it was: update the health check")
        ]
    }
}
