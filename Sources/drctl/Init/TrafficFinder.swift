import AWS
import Failover
import Settings

/// Finds what leads clients to a pair's primary, and who watches it.
struct TrafficFinder {
    let estate: Estate
    let pair: DatabasePair

    /// Records whose value is the primary's host. What moves by itself is no lever of drctl's.
    var levers: [ProposedLever] {
        estate.zones.flatMap { zone in
            zone.records.compactMap { record -> ProposedLever? in
                guard record.type == "CNAME", !record.name.contains("*"), !record.name.contains("\\052"),
                    record.resourceRecords.contains(where: { RecordName.same($0.value, pair.primary.host) })
                else { return nil }
                return record.failover == nil ? recordLever(record, zone.id) : healthCheckLever(record)
            }
        }
    }

    /// The health check on the primary itself, for the witness route53.
    var watching: Proposal.Fact? {
        // Its metrics die with the Region that it would have to speak of.
        guard pair.primary.region != Route53.region(for: pair.primary.region) else { return nil }
        let taken = levers.compactMap { lever in
            if case .healthCheck(_, let id, _, _, _) = lever.kind { id } else { nil }
        }
        guard let check = estate.healthChecks.first(where: { !taken.contains($0.id) && watches($0) }) else {
            return nil
        }
        return Proposal.Fact(
            check.id, guess: "the first health check that looks at \(pair.primary.identifier)")
    }

    private func recordLever(_ record: ResourceRecordSet, _ zone: String) -> ProposedLever {
        ProposedLever(
            .record(zone: zone, name: RecordName.plain(record.name), setIdentifier: record.setIdentifier),
            guess: "the record's value is the primary's host; do clients use this name?")
    }

    private func healthCheckLever(_ record: ResourceRecordSet) -> ProposedLever? {
        guard record.failover == "PRIMARY", let id = record.healthCheckId,
            let check = estate.healthChecks.first(where: { $0.id == id }),
            let named = check.healthCheckConfig?.alarmIdentifier,
            named.region == pair.standby.region.rawValue,
            let alarm = estate.places[pair.standby.region]?.alarms.first(where: { $0.alarmName == named.name }
            ),
            let namespace = alarm.namespace, !namespace.hasPrefix("AWS/"), let metric = alarm.metricName
        else { return nil }
        let dimensions = alarm.dimensions.map { ($0.name, $0.value) }
        return ProposedLever(
            .healthCheck(
                name: RecordName.plain(record.name), id: id, namespace: namespace, metric: metric,
                dimensions: Dictionary(dimensions) { first, _ in first }),
            guess:
                "the alarm \(alarm.alarmName) in \(pair.standby.region) moves the name; may drctl raise it?")
    }

    /// An endpoint's check names its host; that of a private database hangs on an alarm about it.
    private func watches(_ check: HealthCheck) -> Bool {
        if let host = check.healthCheckConfig?.fullyQualifiedDomainName {
            return RecordName.same(host, pair.primary.host)
        }
        guard let named = check.healthCheckConfig?.alarmIdentifier, let region = named.region,
            let alarm = estate.places[Region(region)]?.alarms.first(where: { $0.alarmName == named.name })
        else { return false }
        return alarm.dimensions.contains { $0.value == pair.primary.identifier }
    }
}

/// Finds the topics that alarms on a pair's databases speak through.
struct TopicFinder {
    let estate: Estate
    let pair: DatabasePair

    /// The standby Region's first. None when all of them would be silent with the primary's Region.
    var topics: [Proposal.Fact] {
        var found: [Proposal.Fact] = []
        for side in [pair.standby, pair.primary] {
            let names = [pair.standby.identifier, pair.primary.identifier]
            for alarm in estate.places[side.region]?.alarms ?? []
            where alarm.dimensions.contains(where: { names.contains($0.value) }) {
                for arn in alarm.alarmActions
                where isTopic(arn) && !found.contains(where: { $0.value == arn }) {
                    found.append(
                        Proposal.Fact(arn, guess: "the alarm \(alarm.alarmName) speaks through it"))
                }
            }
        }
        let here = ":\(pair.primary.region):"
        return found.allSatisfy { $0.value.contains(here) } ? [] : found
    }

    private func isTopic(_ arn: String) -> Bool {
        arn.hasPrefix("arn:") && arn.contains(":sns:") && !arn.hasSuffix(".fifo")
    }
}
