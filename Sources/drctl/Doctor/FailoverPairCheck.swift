import AWS
import Failover

/// The two records that stand ready for the health check's word.
struct FailoverPairCheck {
    var lever: HealthCheckLever
    var database: Failover.Database
    var ttl: TTLCheck

    private var name: String { "record \(lever.name)" }

    func findings(_ context: DoctorContext) async -> [Finding] {
        let home = Route53.region(for: database.primary.region)
        let zones = await zones(context, home)
        switch zones {
        case .failure(let error): return [.fail(name, error)]
        case .success(let zones):
            guard !zones.isEmpty else {
                return [
                    .fail(
                        name,
                        "this account has no hosted zone for \(lever.name): correct the name, or make the "
                            + "records"
                    )
                ]
            }
            var sets: [ResourceRecordSet] = []
            for zone in zones {
                let list = ListResourceRecordSets(
                    hostedZoneId: zone.id, startRecordName: lever.name, maxItems: 100)
                do {
                    sets += try await context.ask(list, in: home).resourceRecordSets
                } catch {
                    return [.fail(name, error)]
                }
            }
            return findings(in: sets)
        }
    }

    /// The zones of the closest name that has any: a private and a public one may share it.
    private func zones(_ context: DoctorContext, _ home: Region) async -> Asked<[HostedZone]> {
        // The name is first of those that follow it in Route 53's order, so its parents are asked for one by
        // one.
        await asked { () async throws(AWSError) in
            let labels = RecordName.plain(lever.name).split(separator: ".")
            for count in stride(from: labels.count, through: 2, by: -1) {
                let parent = labels.suffix(count).joined(separator: ".")
                let list = ListHostedZonesByName(dnsName: parent, maxItems: 10)
                let found = try await context.ask(list, in: home).hostedZones
                    .filter { RecordName.same($0.name, parent) }
                if !found.isEmpty { return found }
            }
            return []
        }
    }

    /// Pure: what the sets of the zone amount to.
    func findings(in sets: [ResourceRecordSet]) -> [Finding] {
        let named = sets.filter { RecordName.same($0.name, lever.name) }
        guard let primary = named.first(where: { $0.failover == "PRIMARY" }),
            let secondary = named.first(where: { $0.failover == "SECONDARY" && $0.type == primary.type })
        else {
            return [
                .fail(
                    name,
                    "there is no failover pair of that name: make a PRIMARY that leads to "
                        + "\(database.primary.endpoint.host), with health check \(lever.healthCheckID), and "
                        + "a SECONDARY that leads to \(database.standby.endpoint.host), without one")
            ]
        }
        return
            (healthCheck(primary) + secondaryHealthCheck(secondary) + target(primary, .primary)
            + target(secondary, .standby) + ttl.findings(name, "\(lever.name) PRIMARY", primary.ttl)
            + ttl.findings(name, "\(lever.name) SECONDARY", secondary.ttl)).orOK(
                name,
                "PRIMARY \(database.primary.endpoint.host), SECONDARY \(database.standby.endpoint.host), TTL "
                    + "\(primary.ttl ?? 0) s"
            )
    }

    private func healthCheck(_ primary: ResourceRecordSet) -> [Finding] {
        guard primary.healthCheckId != lever.healthCheckID else { return [] }
        return [
            .fail(
                name,
                "the PRIMARY follows "
                    + "\(primary.healthCheckId.map { "health check \($0)" } ?? "no health check"), not "
                    + "\(lever.healthCheckID): the lever would move nothing. Give it that one")
        ]
    }

    private func secondaryHealthCheck(_ secondary: ResourceRecordSet) -> [Finding] {
        guard let id = secondary.healthCheckId else { return [] }
        return [
            .warn(
                name,
                "the SECONDARY follows health check \(id): when both are unhealthy, Route 53 answers with "
                    + "the PRIMARY. Take it away")
        ]
    }

    private func target(_ set: ResourceRecordSet, _ side: Side) -> [Finding] {
        let expected = database.site(side).endpoint.host
        let values = set.resourceRecords.map(\.value)
        if values.count == 1, let value = values.first, RecordName.same(value, expected) { return [] }
        let there = set.aliasTarget.map { "an alias of \($0.dnsName)" } ?? values.joined(separator: ", ")
        return [.fail(name, "the \(set.failover ?? "") leads to \(there), not to \(expected): correct it")]
    }
}
