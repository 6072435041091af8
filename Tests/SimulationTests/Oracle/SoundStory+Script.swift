import AWS
import Failover

@testable import Simulation

extension SoundStory {
    static func makeWorkload() -> Workload {
        func site(_ region: Region, _ name: String) -> Site {
            Site(
                region: region, identifier: name,
                endpoint: Failover.Endpoint(host: "\(name).example", port: 5432))
        }
        let database = Database(
            id: "orders", kind: .rdsReplica, primary: site("eu-west-1", "orders-a"),
            standby: site("eu-central-1", "orders-b"),
            fencing: Fencing(method: .quarantine(securityGroups: ["sg-closed"])))
        let policy = Policy(
            mode: .automatic, witnesses: Set(WitnessKind.allCases), quorum: 2,
            confirmationWindow: .seconds(60), clearanceWindow: .seconds(60), maximumDataLoss: .seconds(30),
            cooldown: .seconds(7200), freshness: .seconds(30), metricFreshness: .seconds(180),
            stallAfter: .seconds(330), providerRecoveryLimit: .seconds(300), timeouts: Policy.Timeouts())
        return Workload(
            id: "shop", databases: [database], policy: policy,
            traffic: [.route53Record(RecordLever(database: "orders", zoneID: "Z1", name: name))],
            topics: [Topic(region: "eu-central-1", arn: "arn:aws:sns:eu-central-1:111122223333:dr")])
    }

    static let fence = FenceAction(
        database: "orders", region: "eu-west-1", identifier: "orders-a", isCluster: false,
        resourceID: "db-A", method: .quarantine(securityGroups: ["sg-closed"]))

    static let plan = Plan(
        workload: "shop", epoch: 1, createdAt: time(165), origin: .automatic,
        steps: [
            step("1-recheck", .recheck, 30, .abandon),
            step("2-fence:orders", .fence(fence), 60, .owe),
            step(
                "3-promote:orders",
                .promoteReplica(
                    PromoteReplica(
                        database: "orders", region: "eu-central-1", identifier: "orders-b", resourceID: "db-B"
                    )), 1800, .askOperator),
            step(
                "4-await-writer:orders",
                .awaitWriter(
                    AwaitWriter(
                        database: "orders", region: "eu-central-1", identifier: "orders-b",
                        globalCluster: nil, resourceID: "db-B", endpoint: database.standby.endpoint)), 1800,
                .askOperator),
            step(
                "5-move-record",
                .moveRecord(
                    MoveRecord(
                        zoneID: "Z1", name: name, type: "CNAME", setIdentifier: nil,
                        oldValue: "orders-a.example", newValue: "orders-b.example")), 900, .askOperator),
        ], forecast: Forecast(rtoSeconds: 300, lossSeconds: 12, appliedUpTo: time(90)))

    static func step(_ id: StepID, _ action: Action, _ seconds: Int, _ onFailure: Step.OnFailure) -> Step {
        Step(id: id, action: action, timeout: .seconds(seconds), tries: 3, onFailure: onFailure)
    }

    static let script: [(Double, Happening.Kind)] =
        [
            (0, .host(host, .started)),
            (1, record(1, .controllerStarted(version: "1", configurationDigest: "d"), of: nil)),
            (5, observed(5, alive: true)),
            (60, wrote(primary)), (95, observed(95, alive: true)),
        ]
        + stride(from: 102.0, through: 162, by: 10).map { ($0, observed($0, alive: false)) }
        + stride(from: 188.0, through: 248, by: 10).map { ($0, observed($0, alive: false)) }
        + [
            (105, record(105, phase(.watching, .suspected, at: 105))),
            (165, record(165, .planAdopted(plan: plan))),
            (
                165,
                record(
                    165,
                    .lossFrozen(
                        ledger: LossLedger(
                            failover: 1, at: time(165), limitSeconds: 30, predictedLossSeconds: 12,
                            databases: [])))
            ),
            (165, record(165, phase(.suspected, .failingOver, at: 165))),
            (165, record(165, .stepStarted(step: "1-recheck", attempt: 1))),
            (167, observed(167, alive: false)),
            (168, done(168, "1-recheck")),
            (168, record(168, .stepStarted(step: "2-fence:orders", attempt: 1))),
            (170, mutation(fencing)),
            (
                178,
                record(
                    178,
                    .stepFinished(
                        step: "2-fence:orders", attempt: 1,
                        outcome: .failed(detail: "silent", retryable: true, mayHaveHappened: true)))
            ),
            (178, record(178, .fenceOwed(fence: fence, because: "silent"))),
            (179, record(179, .stepStarted(step: "3-promote:orders", attempt: 1))),
            (180, mutation(promoting)),
            (181, .effect(.promoted("orders", site: standby, writers: [standby]))),
            (182, done(182, "3-promote:orders")),
            (182, record(182, .stepStarted(step: "4-await-writer:orders", attempt: 1))),
            (240, .effect(.lost("orders", commits: 30, seconds: 10))),
            (240, .effect(.writerReady("orders", site: standby))),
            (245, done(245, "4-await-writer:orders")),
            (245, record(245, .stepStarted(step: "5-move-record", attempt: 1))),
            (246, mutation(moving)),
            (247, .effect(.recordMoved(name: name, to: "orders-b.example"))),
            (247, .effect(.answerMoved(name: name, to: "orders-b.example"))),
            (250, done(250, "5-move-record")),
            (250, record(250, .planEnded(ending: PlanEnding(outcome: .completed, because: "done")))),
            (250, record(250, phase(.failingOver, .failedOver, at: 250))),
            (250, record(250, .noticeIssued(notice: notice(.completed, at: 250)))),
            (251, mutation(telling)),
            (
                252,
                .delivered("shop-1-9-completed", .completed, "shop", workload.topics[0])
            ),
            (260, wrote(standby)),
            (400, record(400, .fenceSettled(fence: fence, settlement: .fenced(detail: "closed")))),
        ]
}
