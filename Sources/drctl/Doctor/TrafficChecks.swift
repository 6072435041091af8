import Failover

/// What makes clients follow, and where the name leads right now.
struct TrafficChecks {
    let context: DoctorContext
    let workload: Workload
    let active: Side

    var examinations: [Examination] {
        let subject = workload.id.rawValue
        guard !workload.traffic.isEmpty else {
            return [
                Examination(subject, "traffic") {
                    [.warn("traffic", "no lever: clients do not follow by themselves. Add one under traffic")]
                }
            ]
        }
        return workload.traffic.flatMap { lever -> [Examination] in
            guard let database = workload.database(lever.database) else { return [] }
            let ttl = TTLCheck(recoveryTime: workload.policy.recoveryTime)
            let dns = Examination(subject, "dns \(lever.recordName)") {
                [await answer(lever.recordName, database)]
            }
            switch lever {
            case .route53Record(let lever):
                return [
                    Examination(subject, "record \(lever.name)") {
                        await RecordLeverCheck(lever: lever, database: database, active: active, ttl: ttl)
                            .findings(context)
                    }, dns,
                ]
            case .route53HealthCheck(let lever):
                return [
                    Examination(subject, "lever \(lever.name)") {
                        await HealthCheckLeverCheck(lever: lever, database: database).findings(context)
                    },
                    Examination(subject, "record \(lever.name)") {
                        await FailoverPairCheck(lever: lever, database: database, ttl: ttl).findings(context)
                    }, dns,
                ]
            }
        }
    }

    private func answer(_ name: String, _ database: Database) async -> Finding {
        AnswerCheck(name: name, database: database, active: active)
            .finding(await context.assembly.resolver.answers(for: name))
    }
}
