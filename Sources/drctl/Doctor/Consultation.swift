import Failover

/// Everything that `drctl doctor` looks at, put together.
struct Consultation {
    let context: DoctorContext

    func report() async -> DoctorReport {
        let standings = await Standings.learn(context)
        let regions = RegionChecks(context: context)
        let alarms = AlarmLists(context: context)
        let observations = Task {
            await context.observations(sparing: standings.moved(context.configuration.workloads))
        }
        let host = HostChecks(context: context, standings: standings)
        var examinations = host.examinations + regions.examinations
        for workload in context.configuration.workloads {
            examinations += about(workload, standings, regions, alarms, observations)
        }
        return DoctorReport(await Examiner(clock: context.clock).run(examinations))
    }

    private func about(
        _ workload: Workload, _ standings: Standings, _ regions: RegionChecks, _ alarms: AlarmLists,
        _ seen: Task<[Observation], Never>
    ) -> [Examination] {
        let subject = workload.id.rawValue
        let active = standings.active(workload)
        let controllerRegion = context.configuration.controller.region
        var examinations = [
            Examination(subject, "dependencies") {
                DependencyCheck(workload: workload, controllerRegion: controllerRegion).findings
                    + NeedsCheck(workload: workload, configuration: context.configuration).findings
            }
        ]
        examinations.append(
            Examination(subject, PermissionCheck.name) {
                await PermissionCheck(context: context, workload: workload, regions: regions).findings()
            })
        for database in workload.databases {
            examinations.append(
                DatabaseChecks(context: context, workload: workload, database: database, active: active)
                    .examination)
            examinations.append(
                Examination(subject, "alarms \(database.id)") {
                    await BlindAlarmCheck(database: database, active: active, lists: alarms)
                        .findings(context)
                })
            if let tls = database.sql?.tls, tls != .disable {
                let checks = ServerCertificateChecks(context: context, isServing: standings.service != nil)
                for side in Side.allCases {
                    examinations.append(
                        Examination(subject, "certificate \(side.rawValue) \(database.id)") {
                            await checks.finding(of: side, database).map { [$0] } ?? []
                        })
                }
            }
            if workload.policy.witnesses.contains(.route53), let id = database.healthCheckID {
                examinations.append(
                    Examination(subject, "health check \(database.id)") {
                        await WitnessCheck(database: database, healthCheckID: id).findings(context)
                    })
            }
            examinations.append(
                Examination(subject, "evidence \(database.id)") {
                    let observations = await seen.value
                    return EvidenceChecks(
                        workload: workload, database: database, active: active, observations: observations,
                        now: context.clock.now()
                    ).findings
                })
        }
        examinations += TrafficChecks(context: context, workload: workload, active: active).examinations
        examinations += CapacityChecks(context: context, workload: workload).examinations
        examinations += TopicChecks(context: context, workload: workload, regions: regions).examinations
        examinations.append(
            Examination(subject, "readiness") {
                let rehearsal = Rehearsal(
                    context: context, standings: standings, observations: await seen.value)
                guard let dryRun = await rehearsal.dryRun(of: workload) else { return [] }
                return ReadinessCheck(
                    workload: workload, phase: standings.phase(of: workload.id), dryRun: dryRun
                ).findings
            })
        return examinations
    }
}
