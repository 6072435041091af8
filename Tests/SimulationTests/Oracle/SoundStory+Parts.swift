import AWS
import Failover

@testable import Simulation

extension SoundStory {
    static func record(_ seconds: Double, _ event: Event, of workload: WorkloadID? = "shop")
        -> Happening.Kind
    {
        .record(host, Record(at: time(seconds), workload: workload, epoch: 1, rule: nil, event: event))
    }

    static func done(_ seconds: Double, _ step: StepID) -> Happening.Kind {
        record(seconds, .stepFinished(step: step, attempt: 1, outcome: .succeeded(detail: "done")))
    }

    static func phase(_ from: Phase, _ to: Phase, because: String) -> Event {
        .phaseChanged(from: from, to: to, because: because, assessment: assessment(300))
    }

    static func phase(_ from: Phase, _ to: Phase, at seconds: Double, _ item: DatabaseAssessment? = nil)
        -> Event
    {
        .phaseChanged(from: from, to: to, because: "a rule", assessment: assessment(seconds, item))
    }

    static func assessment(_ seconds: Double, _ item: DatabaseAssessment? = nil, gates: [GateResult] = [])
        -> Assessment
    {
        let item = item ?? judged(.failed, [vote(.probe, .failed), vote(.route53, .failed)])
        return Assessment(
            at: time(seconds), verdict: item.verdict, sentence: "so it is", databases: [item], gates: gates,
            suspectedSince: nil, quorumSince: nil)
    }

    static func judged(_ verdict: Verdict, _ votes: [Vote]) -> DatabaseAssessment {
        DatabaseAssessment(database: "orders", verdict: verdict, votes: votes, lag: nil)
    }

    static func vote(_ witness: WitnessKind, _ opinion: Vote.Opinion) -> Vote {
        Vote(witness: witness, opinion: opinion, because: "seen", observedAt: nil)
    }

    static func notice(
        _ kind: Notice.Kind, at seconds: Double, headline: String = "shop: done",
        body: String = "shop: done\nthe rest"
    ) -> Notice {
        Notice(
            id: "shop-1-9-\(kind.rawValue)", kind: kind, workload: "shop", at: time(seconds),
            headline: headline, body: body, runbook: nil, topics: workload.topics)
    }

    static func wrote(_ site: SiteName, lastAt seconds: Double? = nil) -> Happening.Kind {
        let lastAt = seconds.map(time) ?? .distantPast
        return .wrote(Commits(database: "orders", site: site, count: 10, position: 10, lastAt: lastAt))
    }

    static func mutation(_ mutation: Mutation) -> Happening.Kind { .mutation(host, mutation) }

    static func cause(_ step: StepID, attempt: Int = 1) -> Cause {
        .step("shop", epoch: 1, step: step, attempt: attempt)
    }

    static let fencing = Mutation(
        service: "rds", operation: "ModifyDBInstance", region: "eu-west-1", target: "orders-a",
        cause: cause("2-fence:orders"))
    static let promoting = Mutation(
        service: "rds", operation: "PromoteReadReplica", region: "eu-central-1", target: "orders-b",
        cause: cause("3-promote:orders"))
    static let moving = Mutation(
        service: "route53", operation: "ChangeResourceRecordSets", region: "us-east-1", target: name,
        cause: cause("5-move-record"))
    static let telling = Mutation(
        service: "sns", operation: "Publish", region: "eu-central-1", target: "dr",
        cause: .notice("shop-1-9-completed"))

    /// One look at everything: all is well, or the primary's Region is gone. The newest lag sample is from
    /// second 90 then.
    static func observed(_ seconds: Double, alive: Bool) -> Happening.Kind {
        let at = time(seconds)
        let sampledAt = alive ? time(seconds - 1) : time(90)
        let old: Reading<DatabaseState> =
            alive ? .known(value: state(.writer, "orders-a")) : .unknown(reason: .silent, detail: "timed out")
        return observed([
            (.probe(side: .primary, reading: .known(value: ProbeAnswer(answered: alive, detail: "-"))), at),
            (.probe(side: .standby, reading: .known(value: ProbeAnswer(answered: true, detail: "-"))), at),
            (.database(side: .primary, reading: old), at),
            (.database(side: .standby, reading: .known(value: state(.replica, "orders-b"))), at),
            (.routeHealth(reading: .known(value: HealthSample(healthy: alive, sampledAt: at))), at),
            (
                .replication(reading: .known(value: [LagSample(sampledAt: sampledAt, lagSeconds: 0.5)])), at
            ),
        ])
    }

    static func observed(_ facts: [(Fact, Timestamp)]) -> Happening.Kind {
        .observed(
            host,
            facts.map { fact, at in
                Observation(
                    workload: "shop", database: "orders", source: "a source", vantage: "this host", at: at,
                    fact: fact)
            })
    }

    static func state(_ role: DatabaseState.Role, _ name: String) -> DatabaseState {
        DatabaseState(
            status: "available", role: role, replicaOf: role == .replica ? "orders-a" : nil,
            resourceID: name == "orders-a" ? "db-A" : "db-B", arn: "arn:aws:rds:x:1:db:\(name)",
            engineVersion: "16.4")
    }
}
