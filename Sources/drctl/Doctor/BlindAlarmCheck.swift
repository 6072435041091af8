import AWS
import Failover

/// Alarms name an instance in a Region. After a change of roles those on the old writer see a database that
/// nobody uses, and stay quiet; who watches the new one?
struct BlindAlarmCheck {
    var database: Failover.Database
    /// Where the writer should be.
    var active: Side

    private var name: String { "alarms \(database.id)" }
    private var watched: Site { database.site(active) }
    private var other: Site { database.site(active == .primary ? .standby : .primary) }

    func findings(_ context: DoctorContext) async -> [Finding] {
        async let here = alarms(in: watched.region, context)
        async let there = alarms(in: other.region, context)
        switch (await here, await there) {
        case (.failure(let error), _), (_, .failure(let error)):
            return [.warn(name, "not looked at: \(Finding.fail(name, error).detail)")]
        case (.success(let here), .success(let there)): return findings(here: here, there: there)
        }
    }

    private func alarms(in region: Region, _ context: DoctorContext) async -> Asked<[MetricAlarm]> {
        await asked { () async throws(AWSError) in
            let list = DescribeAlarms(alarmTypes: ["MetricAlarm"], maxRecords: 100)
            return try await context.all(list, in: region).compactMap { alarm in
                if case .metric(let alarm) = alarm { alarm } else { nil }
            }
        }
    }

    /// Pure: what the alarms of the two Regions amount to.
    func findings(here: [MetricAlarm], there: [MetricAlarm]) -> [Finding] {
        let onWriter = here.filter { Self.watches(watched.identifier, $0) }
        guard !onWriter.isEmpty else { return [] }
        let onOther = Set(there.filter { Self.watches(other.identifier, $0) }.compactMap(\.metricName))
        let blind = onWriter.filter { !onOther.contains($0.metricName ?? "") }
        guard !blind.isEmpty else {
            return [
                .ok(
                    name, "\(onWriter.count) on \(watched.identifier), and \(other.identifier) has their like"
                )
            ]
        }
        let metrics = Set(blind.compactMap(\.metricName)).sorted().joined(separator: ", ")
        let names = blind.map(\.alarmName).sorted()
        let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", ..." : "")
        return [
            .warn(
                name,
                "\(shown) watch \(watched.identifier) in \(watched.region) alone: after a failover nobody "
                    + "watches \(metrics) of the new writer. Make the same for \(other.identifier) in "
                    + "\(other.region)")
        ]
    }

    private static func watches(_ identifier: String, _ alarm: MetricAlarm) -> Bool {
        alarm.namespace == "AWS/RDS"
            && alarm.dimensions.contains { dimension in
                ["DBInstanceIdentifier", "DBClusterIdentifier"].contains(dimension.name)
                    && dimension.value.lowercased() == identifier.lowercased()
            }
    }
}
