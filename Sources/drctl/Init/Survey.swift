import AWS
import Failover

/// Asks AWS what exists. Only reads; what may not be read is collected, so that all of it is said at once.
struct Survey: Sendable {
    let aws: AWSClient
    let regions: [Region]
    let zone: String?

    /// - Throws: the permissions that are missing, or that AWS could not be asked.
    func estate() async throws -> Estate {
        var estate = Estate()
        var denied: Set<String> = []
        for found in try await places() {
            estate.places[found.region] = found.place
            for cluster in found.globalClusters
            where !estate.globalClusters.contains(where: {
                $0.globalClusterIdentifier == cluster.globalClusterIdentifier
            }) {
                estate.globalClusters.append(cluster)
            }
            denied.formUnion(found.denied)
        }
        let home = Route53.region(for: regions[0])
        let checks = try await ask(ListHealthChecks(), home)
        let zones = try await ask(ListHostedZonesByName(), home)
        estate.healthChecks = checks.items
        denied.formUnion([checks.denied, zones.denied].compactMap(\.self))
        for chosen in try chosen(zones.items, isComplete: zones.denied == nil) {
            let records = try await ask(ListResourceRecordSets(hostedZoneId: chosen.id), home)
            estate.zones.append(.init(id: Self.bare(chosen.id), records: records.items))
            if let action = records.denied { denied.insert(action) }
        }
        guard denied.isEmpty else {
            throw Failure(
                .failed,
                "AWS does not let this identity read what init needs; nothing was written. Missing: "
                    + "\(denied.sorted().joined(separator: ", ")). docs/iam.md has the policy for init; "
                    + "drctl itself needs less")
        }
        return estate
    }

    private struct Found: Sendable {
        var region: Region
        var place = Estate.Place()
        var globalClusters: [GlobalCluster] = []
        var denied: Set<String> = []
    }

    /// In the order of the Regions.
    private func places() async throws -> [Found] {
        let found = try await withThrowingTaskGroup(of: Found.self) { group in
            for region in regions { group.addTask { try await look(at: region) } }
            return try await group.reduce(into: [Region: Found]()) { $0[$1.region] = $1 }
        }
        return regions.compactMap { found[$0] }
    }

    private func look(at region: Region) async throws -> Found {
        async let instances = ask(DescribeDBInstances(), region)
        async let clusters = ask(DescribeDBClusters(), region)
        async let globals = ask(DescribeGlobalClusters(), region)
        async let alarms = ask(DescribeAlarms(alarmTypes: ["MetricAlarm"]), region)
        var found = Found(region: region)
        found.place.instances = try await instances.items
        found.place.clusters = try await clusters.items
        found.globalClusters = try await globals.items
        found.place.alarms = try await alarms.items.compactMap { alarm in
            if case .metric(let alarm) = alarm { alarm } else { nil }
        }
        found.denied = try await Set(
            [instances.denied, clusters.denied, globals.denied, alarms.denied].compactMap(\.self))
        return found
    }

    private func chosen(_ zones: [HostedZone], isComplete: Bool) throws -> [HostedZone] {
        guard let zone else { return zones }
        let wanted = zones.filter { Self.bare($0.id) == Self.bare(zone) || RecordName.same($0.name, zone) }
        guard wanted.isEmpty, isComplete else { return wanted }
        let known = zones.map { RecordName.plain($0.name) }.sorted().prefix(20).joined(separator: ", ")
        throw Failure(
            .usage, "--zone: there is no hosted zone '\(zone)'; known: \(known.isEmpty ? "none" : known)")
    }

    private struct Asked<Item: Sendable>: Sendable {
        var items: [Item] = []
        /// The IAM action that is missing.
        var denied: String?
    }

    private func ask<O: PaginatedOperation>(_ operation: O, _ region: Region) async throws -> Asked<O.Item> {
        do {
            return Asked(items: try await aws.all(operation, region: region.rawValue))
        } catch {
            guard case .accessDenied = error.kind else {
                throw Failure(.failed, "AWS cannot be asked what exists: \(error)")
            }
            return Asked(denied: "\(O.service.id):\(O.name)")
        }
    }

    private static func bare(_ id: String) -> String { id.split(separator: "/").last.map(String.init) ?? id }
}
