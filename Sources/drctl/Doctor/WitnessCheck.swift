import AWS
import Failover

/// The health check behind the route53 witness: does it watch the primary?
struct WitnessCheck {
    var database: Failover.Database
    var healthCheckID: String

    private var name: String { "health check \(database.id)" }

    func findings(_ context: DoctorContext) async -> [Finding] {
        let found = await asked { () async throws(AWSError) in
            try await context.ask(
                GetHealthCheck(healthCheckId: healthCheckID), in: Route53.region(for: database.primary.region)
            )
        }
        switch found {
        case .failure(let error) where error.kind == .notFound || error.code == "NoSuchHealthCheck":
            return [.fail(name, "there is no health check \(healthCheckID): correct health_check")]
        case .failure(let error): return [.fail(name, error)]
        case .success(let check): return findings(of: check.healthCheckConfig ?? HealthCheckConfig())
        }
    }

    /// Pure: what its settings amount to.
    func findings(of config: HealthCheckConfig) -> [Finding] {
        var findings: [Finding] = []
        if config.disabled == true {
            findings.append(
                .fail(name, "\(healthCheckID) is disabled, which counts as healthy for ever: enable it"))
        }
        if config.inverted == true {
            findings.append(
                .fail(name, "\(healthCheckID) is inverted: it says healthy when the primary is dead"))
        }
        if config.type == "CLOUDWATCH_METRIC",
            config.alarmIdentifier?.region == database.primary.region.rawValue
        {
            findings.append(
                .warn(
                    name,
                    "\(healthCheckID) follows an alarm in \(database.primary.region), the primary Region: "
                        + "when that is gone it has no data and says "
                        + "\(config.insufficientDataHealthStatus ?? "nothing new")"))
        }
        findings += target(config)
        return findings.orOK(name, "\(healthCheckID): \(config.type)\(pace(config))")
    }

    private func target(_ config: HealthCheckConfig) -> [Finding] {
        guard ["TCP", "HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH"].contains(config.type) else {
            return []
        }
        let host = config.fullyQualifiedDomainName ?? config.ipAddress ?? "nothing"
        guard !RecordName.same(host, database.primary.endpoint.host) else {
            guard let port = config.port, port != database.primary.endpoint.port else { return [] }
            return [
                .fail(
                    name,
                    "\(healthCheckID) watches port \(port), the primary's is "
                        + "\(database.primary.endpoint.port): correct it"
                )
            ]
        }
        if RecordName.same(host, database.standby.endpoint.host) {
            return [.fail(name, "\(healthCheckID) watches the standby \(host): it must watch the primary")]
        }
        return [
            .warn(
                name,
                "\(healthCheckID) watches \(host), not \(database.primary.endpoint.host): make sure that it "
                    + "fails when the primary does, and then only")
        ]
    }

    private func pace(_ config: HealthCheckConfig) -> String {
        guard let interval = config.requestInterval, let threshold = config.failureThreshold else {
            return ""
        }
        return
            ", \(threshold) failures \(interval) s apart. Its checkers come from the internet: a private "
            + "endpoint they cannot see"
    }
}
