import Failover

/// What the witnesses see right now, as the service would see it.
struct EvidenceChecks {
    var workload: Workload
    var database: Database
    var active: Side
    var observations: [Observation]
    var now: Timestamp

    var findings: [Finding] {
        let facts = observations.filter { $0.workload == workload.id && $0.database == database.id }.map(
            \.fact)
        var findings: [Finding] = []
        // After a failover there is no replica whose lag could be known, and the old primary should not
        // answer.
        if active == .primary {
            findings += lag(
                facts.lazy.compactMap { if case .replication(let reading) = $0 { reading } else { nil } }
                    .first)
            if workload.policy.witnesses.contains(.route53) {
                findings += health(
                    facts.lazy.compactMap { if case .routeHealth(let reading) = $0 { reading } else { nil } }
                        .first)
            }
            findings += probe(.primary, facts)
        }
        return findings + probe(.standby, facts)
    }

    private func lag(_ reading: Reading<[LagSample]>?) -> [Finding] {
        let name = "lag \(database.id)"
        let advice = "without it nothing fails over by itself"
        guard let samples = reading?.value, let newest = samples.first else {
            return [.fail(name, "the replication lag is unknown (\(Self.why(reading))): \(advice)")]
        }
        guard let lag = newest.lag else {
            return [
                .fail(
                    name,
                    "the metric says that replication is not running (-1): repair it, or build a new replica")
            ]
        }
        let age = max(now - newest.sampledAt, .zero)
        let text = "\(lag.text), sampled \(age.text) ago"
        if age > workload.policy.metricFreshness {
            return [
                .fail(
                    name,
                    "the newest sample (\(text)) is older than metric_freshness "
                        + "(\(workload.policy.metricFreshness.text)): \(advice). Is the replica running, and "
                        + "aws.metric_period as the metric's?")
            ]
        }
        let limit = workload.policy.maximumDataLoss
        guard lag + age <= limit else {
            return [
                .fail(
                    name,
                    "\(text): up to \((lag + age).text) would be lost, maximum_data_loss is \(limit.text). "
                        + "Find out what holds replication up, or allow more")
            ]
        }
        return [
            .ok(name, "\(text): up to \((lag + age).text) would be lost, maximum_data_loss is \(limit.text)")
        ]
    }

    private func health(_ reading: Reading<HealthSample>?) -> [Finding] {
        let name = "route53 \(database.id)"
        guard let sample = reading?.value else {
            return [
                .fail(
                    name,
                    "no sample of HealthCheckStatus (\(Self.why(reading))): the route53 witness says nothing")
            ]
        }
        let age = max(now - sample.sampledAt, .zero)
        if age > workload.policy.metricFreshness {
            return [
                .fail(
                    name,
                    "the newest sample of HealthCheckStatus is \(age.text) old: the route53 witness says "
                        + "nothing"
                )
            ]
        }
        guard sample.healthy else {
            return [
                .fail(
                    name,
                    "Route 53's checkers say unhealthy, \(age.text) ago. If the primary is well, they cannot "
                        + "reach it: they come from the internet, so a private endpoint needs a check of "
                        + "type CLOUDWATCH_METRIC"
                )
            ]
        }
        return [.ok(name, "healthy, \(age.text) ago")]
    }

    private func probe(_ side: Side, _ facts: [Fact]) -> [Finding] {
        let name = "probe \(side.rawValue) \(database.id)"
        let endpoint = database.site(side).endpoint
        let reading = facts.lazy.compactMap { fact -> Reading<ProbeAnswer>? in
            if case .probe(side, let reading) = fact { reading } else { nil }
        }.first
        if let answer = reading?.value, answer.answered {
            let sql = answer.sql.map {
                SQLCheck(database: database, side: side, active: active, answer: $0).finding
            }
            return [.ok(name, answer.detail)] + (sql.map { [$0] } ?? [])
        }
        let why = reading?.value?.detail ?? Self.why(reading)
        // Only promotion makes a secondary cluster's writer endpoint active.
        if side == .standby, database.kind != .rdsReplica, active == .primary {
            return [.ok(name, "\(endpoint) is inactive until promotion (\(why))")]
        }
        let what = "\(endpoint) does not answer this host: \(why)"
        if side == .primary, !workload.policy.witnesses.contains(.probe) {
            return [.warn(name, "\(what). The probe is no witness here, but a person would want to know")]
        }
        return [
            .fail(
                name,
                side == active
                    ? "\(what). Check the route, the security groups, and the name"
                    : "\(what). A new writer must answer here before traffic is moved: check the route and "
                        + "security groups"
            )
        ]
    }

    private static func why<Value>(_ reading: Reading<Value>?) -> String {
        guard case .unknown(let reason, let detail)? = reading else { return "it was not observed" }
        let text = oneLine(detail)
        return "\(reason.rawValue): \(text.hasSuffix(".") ? String(text.dropLast()) : text)"
    }
}
