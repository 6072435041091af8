import AWS
import Failover

/// The chain from the metric to the answer: metric, alarm, health check, PRIMARY record. Each link is a
/// mistake that
/// shows on the day it is needed.
struct HealthCheckLeverCheck {
    var lever: HealthCheckLever
    var database: Failover.Database

    var name: String { "lever \(lever.name)" }

    func findings(_ context: DoctorContext) async -> [Finding] {
        let operation = GetHealthCheck(healthCheckId: lever.healthCheckID)
        let check = await asked { () async throws(AWSError) in
            try await context.ask(operation, in: Route53.region(for: database.primary.region))
        }
        switch check {
        case .failure(let error) where error.kind == .notFound || error.code == "NoSuchHealthCheck":
            return [.fail(name, "there is no health check \(lever.healthCheckID): correct health_check")]
        case .failure(let error): return [.fail(name, error)]
        case .success(let found):
            guard let config = found.healthCheckConfig, config.type == "CLOUDWATCH_METRIC",
                let alarm = config.alarmIdentifier, let alarmName = alarm.name, let alarmRegion = alarm.region
            else {
                let type = found.healthCheckConfig?.type ?? "unknown"
                return [
                    .fail(
                        name,
                        "\(lever.healthCheckID) is of type \(type): the lever needs one of type "
                            + "CLOUDWATCH_METRIC, on an alarm in \(lever.region)")
                ]
            }
            let described = await asked { () async throws(AWSError) in
                try await context.ask(DescribeAlarms(alarmNames: [alarmName]), in: Region(alarmRegion))
                    .metricAlarms
            }
            return
                (configFindings(config, alarmRegion)
                + alarmFindings(described, alarmName, alarmRegion, found)).orOK(
                    name,
                    "1 on \(lever.namespace) \(lever.metric) in \(lever.region) moves it, by alarm "
                        + "\(alarmName) and health check \(lever.healthCheckID)")
        }
    }

    /// Pure: the health check's own settings.
    func configFindings(_ config: HealthCheckConfig, _ alarmRegion: String) -> [Finding] {
        var findings: [Finding] = []
        if alarmRegion == database.primary.region.rawValue {
            findings.append(
                .fail(
                    name,
                    "the alarm is in \(alarmRegion), the primary Region: it fails with what it should move "
                        + "away from. Make one in \(lever.region), and a health check on it"))
        } else if alarmRegion != lever.region.rawValue {
            findings.append(
                .fail(
                    name,
                    "the alarm is in \(alarmRegion), but the metric is put in \(lever.region): make one there"
                ))
        }
        if config.disabled == true {
            findings.append(.fail(name, "\(lever.healthCheckID) is disabled and follows no alarm: enable it"))
        }
        switch config.insufficientDataHealthStatus {
        case "LastKnownStatus": break
        case "Unhealthy":
            findings.append(
                .fail(
                    name,
                    "\(lever.healthCheckID) is unhealthy on missing data, and there is none until a "
                        + "failover: the traffic would be on the standby already. Set "
                        + "InsufficientDataHealthStatus to LastKnownStatus"
                ))
        case let other:
            findings.append(
                .warn(
                    name,
                    "\(lever.healthCheckID) is \(other ?? "of no known status") on missing data: after a "
                        + "failover a gap would move the traffic back. Set InsufficientDataHealthStatus to "
                        + "LastKnownStatus"))
        }
        return findings
    }

    private func alarmFindings(
        _ described: Asked<[MetricAlarm]>, _ alarmName: String, _ alarmRegion: String, _ check: HealthCheck
    ) -> [Finding] {
        switch described {
        case .failure(let error): return [.fail(name, error)]
        case .success(let alarms):
            guard let alarm = alarms.first(where: { $0.alarmName == alarmName }) else {
                return [
                    .fail(
                        name,
                        "there is no alarm \(alarmName) in \(alarmRegion): make it, and the health check on "
                            + "it anew"
                    )
                ]
            }
            return AlarmCheck(
                name: name, lever: lever, alarm: alarm, isInverted: check.healthCheckConfig?.inverted == true,
                followed: check.cloudWatchAlarmConfiguration
            ).findings
        }
    }
}
