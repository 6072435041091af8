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
        async let here = alarms(on: watched, context)
        async let there = alarms(on: other, context)
        switch (await here, await there) {
        case (.failure(let error), _), (_, .failure(let error)):
            return [.warn(name, "not looked at: \(Finding.fail(name, error).detail)")]
        case (.success(let here), .success(let there)): return findings(onWriter: here, onOther: there)
        }
    }

    /// Those that watch this side and tell somebody.
    private func alarms(on site: Site, _ context: DoctorContext) async -> Asked<[MetricAlarm]> {
        await asked { () async throws(AWSError) in
            async let known = names(of: site, context)
            let list = DescribeAlarms(alarmTypes: ["MetricAlarm"], maxRecords: 100)
            let alarms = try await context.all(list, in: site.region).compactMap { alarm in
                if case .metric(let alarm) = alarm { alarm } else { nil }
            }
            let names = try await known.get()
            return alarms.filter { $0.actionsEnabled != false && Self.watches(names, $0) }
        }
    }

    /// Of an Aurora cluster alarms may watch the instances as well.
    private func names(of site: Site, _ context: DoctorContext) async -> Asked<Set<String>> {
        let own: Set = [site.identifier.lowercased()]
        guard database.kind != .rdsReplica else { return .success(own) }
        return await asked { () async throws(AWSError) in
            let filter = Filter(name: "db-cluster-id", values: [site.identifier.lowercased()])
            let instances = try await context.all(DescribeDBInstances(filters: [filter]), in: site.region)
            return own.union(instances.map { $0.dbInstanceIdentifier.lowercased() })
        }
    }

    /// Pure: what the alarms on the two sides amount to.
    func findings(onWriter: [MetricAlarm], onOther: [MetricAlarm]) -> [Finding] {
        guard !onWriter.isEmpty else { return [] }
        let onOther = Set(onOther.compactMap(\.metricName))
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

    private static func watches(_ names: Set<String>, _ alarm: MetricAlarm) -> Bool {
        alarm.namespace == "AWS/RDS"
            && alarm.dimensions.contains { dimension in
                ["DBInstanceIdentifier", "DBClusterIdentifier"].contains(dimension.name)
                    && names.contains(dimension.value.lowercased())
            }
    }
}
