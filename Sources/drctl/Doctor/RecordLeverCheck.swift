import AWS
import Failover

/// Does the record lead to where the writer is, and could it be moved?
struct RecordLeverCheck {
    var lever: RecordLever
    var database: Failover.Database
    var active: Side
    var ttl: TTLCheck

    private var name: String { "record \(lever.name)" }
    private var label: String {
        "\(lever.name) \(lever.type)" + (lever.setIdentifier.map { " (\($0))" } ?? "")
    }

    func findings(_ context: DoctorContext) async -> [Finding] {
        let list = ListResourceRecordSets(
            hostedZoneId: lever.zoneID, startRecordName: lever.name, startRecordType: lever.type,
            maxItems: 100)
        let page = await asked { () async throws(AWSError) in
            try await context.ask(list, in: Route53.region(for: database.primary.region)).resourceRecordSets
        }
        switch page {
        case .failure(let error) where error.kind == .notFound || error.code == "NoSuchHostedZone":
            return [.fail(name, "there is no hosted zone \(lever.zoneID): correct zone")]
        case .failure(let error): return [.fail(name, error)]
        case .success(let sets): return findings(in: sets)
        }
    }

    /// Pure: what the sets of that name from the zone amount to.
    func findings(in sets: [ResourceRecordSet]) -> [Finding] {
        let named = sets.filter { RecordName.same($0.name, lever.name) && $0.type == lever.type }
        guard let set = named.first(where: { $0.setIdentifier == lever.setIdentifier }) else {
            let others = named.compactMap(\.setIdentifier).joined(separator: ", ")
            return [
                .fail(
                    name,
                    named.isEmpty
                        ? "there is no \(label) in zone \(lever.zoneID): correct name, type or zone"
                        : "there is no \(label) in zone \(lever.zoneID), but sets "
                            + "\(others.isEmpty ? "without an identifier" : others): correct set_identifier"
                )
            ]
        }
        return (value(of: set) + fields(of: set)).orOK(
            name, "\(label) is \(database.site(active).endpoint.host), TTL \(set.ttl ?? 0) s")
    }

    private func value(of set: ResourceRecordSet) -> [Finding] {
        let values = set.resourceRecords.map(\.value)
        let expected = database.site(active).endpoint.host
        guard set.aliasTarget == nil, values.count == 1, let value = values.first else {
            let there = set.aliasTarget.map { "an alias of \($0.dnsName)" } ?? "\(values.count) values"
            return [.fail(name, "\(label) is \(there): it must have one value, \(expected), to be moved")]
        }
        guard !RecordName.same(value, expected) else { return [] }
        let other = database.site(active == .primary ? .standby : .primary).endpoint.host
        let what = RecordName.same(value, other) ? "the other side's \(other)" : value
        return [
            .fail(
                name,
                "\(label) is \(what), the writer is \(expected): clients are led elsewhere, and a record "
                    + "that is not as expected is never moved. Set it to \(expected)")
        ]
    }

    private func fields(of set: ResourceRecordSet) -> [Finding] {
        var findings = ttl.findings(name, label, set.ttl)
        if !set.unknownElements.isEmpty {
            let names = set.unknownElements.joined(separator: ", ")
            findings.append(
                .fail(
                    name, "\(label) has \(names), which this version cannot write back: it could not be moved"
                ))
        }
        return findings
    }
}
