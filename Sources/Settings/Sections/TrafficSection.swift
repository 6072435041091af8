import Failover

enum LeverKey: String, SectionKey {
    case lever, database, name, zone, type, namespace, metric, dimensions
    case setIdentifier = "set_identifier"
    case healthCheck = "health_check"

    static let places = ["workloads.*.traffic[]"]
}

enum LeverType: String, CaseIterable {
    case record = "route53-record"
    case healthCheck = "route53-health-check"
}

private enum RecordType: String, CaseIterable {
    case cname = "CNAME"
}

/// A traffic lever as written.
struct LeverDraft {
    var place: Located<LeverType>
    var database: Located<DatabaseID>?
    var name: Located<String>?
    var zone: Located<String>?
    var setIdentifier: Located<String>?
    var healthCheck: Located<String>?
    var namespace = "drctl"
    var metric = "FailoverActive"
    var dimensions: [String: String]

    /// Nil when not even its kind is known.
    init?(_ field: Field, workload: WorkloadID) {
        guard let section = field.section(LeverKey.self) else { return nil }
        let kinds = listed(LeverType.allCases.map(\.rawValue))
        let lever = section.required(.lever, kinds)?.choice(LeverType.self)
        database = section.required(.database, "the database whose clients it moves")?
            .text { (text) throws(Refusal) in DatabaseID(text) }
        name = section.required(.name, "the record's name, which clients resolve")?.text(Shapes.recordName)
        dimensions = ["Workload": workload.rawValue]
        guard let lever else { return nil }
        place = field.located(lever.value)
        switch lever.value {
        case .record:
            let reason = "belongs to lever \(LeverType.healthCheck.rawValue)"
            section.forbid(.healthCheck, .namespace, .metric, .dimensions, because: reason)
            zone = section.required(.zone, "the hosted zone's id")?.text(Shapes.hostedZone)
            _ = section.field(.type)?.choice(RecordType.self)
            setIdentifier = section.field(.setIdentifier)?.text(Self.setIdentifier)
        case .healthCheck:
            section.forbid(
                .zone, .type, .setIdentifier, because: "belongs to lever \(LeverType.record.rawValue)")
            healthCheck = section.required(.healthCheck, "the PRIMARY record's health check, on the alarm")?
                .text(Shapes.healthCheck)
            namespace = section.field(.namespace)?.text(Shapes.metricNamespace)?.value ?? namespace
            metric = section.field(.metric)?.text(Shapes.metricName)?.value ?? metric
            // 30 dimensions a metric is CloudWatch's limit.
            if let written = section.field(.dimensions)?.named(atMost: 30) {
                dimensions = [:]
                for (name, field) in written {
                    if (try? Shapes.metricName(name)) == nil {
                        field.refuse("has a name that is not printable ASCII")
                    }
                    dimensions[name] = field.text(Shapes.metricName)?.value
                }
            }
        }
    }

    /// Nil while something is missing; that has been reported then.
    func lever(standbyRegion: Region) -> TrafficLever? {
        guard let database, let name else { return nil }
        switch place.value {
        case .record:
            guard let zone else { return nil }
            return .route53Record(
                RecordLever(
                    database: database.value, zoneID: zone.value, name: name.value,
                    type: RecordType.cname.rawValue, setIdentifier: setIdentifier?.value))
        case .healthCheck:
            guard let healthCheck else { return nil }
            return .route53HealthCheck(
                HealthCheckLever(
                    database: database.value, name: name.value, healthCheckID: healthCheck.value,
                    region: standbyRegion, namespace: namespace, metric: metric, dimensions: dimensions))
        }
    }

    /// Source: botocore, route53 `ResourceRecordSetIdentifier`, 1 to 128 characters.
    private static func setIdentifier(_ text: String) throws(Refusal) -> String {
        guard text.unicodeScalars.count <= 128 else { throw Refusal("is longer than 128 characters") }
        return text
    }
}
