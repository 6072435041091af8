import Failover

/// Text that breaks whatever is careless with quoting, lines or characters.
let awkward = "\"'; DROP TABLE record; -- \\ / \n\t \u{0} \u{7f} é 漢字 👩‍🚒 \u{2028}"

extension Timestamp {
    static let sample = Timestamp(milliseconds: 1_767_322_445_678)
}

extension Failover.Record {
    /// The workload's own record number `number`; told apart from the others by its text.
    static func numbered(
        _ number: Int, workload: WorkloadID? = "shop", detail: String = ""
    ) -> Failover.Record {
        Record(
            at: .sample + .milliseconds(number), workload: workload, epoch: 0, rule: RuleID("rule-\(number)"),
            event: .holdReleased(by: "ann", reason: "number \(number)\(detail)"))
    }

    /// Every kind of event, some with a rule and some without, one for no workload.
    static var everyKind: [Failover.Record] {
        EventKind.allCases.flatMap(\.samples).enumerated().map { index, event in
            Record(
                at: .sample + .milliseconds(index), workload: index == 0 ? nil : "shop", epoch: index,
                rule: index.isMultiple(of: 2) ? nil : "confirmed-automatic", event: event)
        }
    }

    /// JSON has no such number, so that no journal can take it.
    static var impossible: Failover.Record {
        var assessment = Assessment.sample
        assessment.databases[0].lag?.lagSeconds = .infinity
        return Record(
            at: .sample, workload: "shop", epoch: 0, rule: nil, event: .assessed(assessment: assessment))
    }
}

extension Assessment {
    static var empty: Assessment {
        Assessment(
            at: .sample, verdict: .unknown, sentence: "", databases: [], gates: [], suspectedSince: nil,
            quorumSince: nil)
    }

    static var sample: Assessment {
        let lag = LagView(lagSeconds: 0.1, sampledAt: .sample, appliedUpTo: .sample, lossSeconds: 1.0 / 3)
        let votes = WitnessKind.allCases.map {
            Vote(witness: $0, opinion: .failed, because: awkward, observedAt: $0 == .probe ? nil : .sample)
        }
        return Assessment(
            at: .sample, verdict: .failed, sentence: awkward,
            databases: Verdict.allCases.map {
                DatabaseAssessment(
                    database: "orders", verdict: $0, votes: votes, lag: $0 == .unknown ? nil : lag)
            },
            gates: GateID.allCases.map { GateResult(id: $0, open: $0 == .mode, because: "said so") },
            suspectedSince: .sample, quorumSince: nil)
    }
}

extension LossLedger {
    static var sample: LossLedger {
        LossLedger(
            failover: 2, at: .sample, limitSeconds: 30, predictedLossSeconds: 41.5, acceptedBy: "ann",
            acceptedBecause: awkward,
            databases: [
                Entry(
                    database: "orders", lagSeconds: 0.1, sampledAt: .sample, ageSeconds: 1.0 / 3,
                    appliedUpTo: .sample, predictedLossSeconds: 41.5, replicaPosition: "0/3000060",
                    primaryPosition: "0/3000148", primaryPositionAt: .sample)
            ])
    }

    static var empty: LossLedger {
        LossLedger(
            failover: 1, at: .sample, limitSeconds: 0, predictedLossSeconds: nil,
            databases: [Entry(database: "orders")])
    }
}

extension OperatorRequest {
    static func sample(_ verb: Verb) -> OperatorRequest {
        OperatorRequest(verb: verb, by: "ann@example.com", reason: awkward, overrides: [.lag, .sourceAlive])
    }
}

extension FenceAction {
    static var samples: [FenceAction] {
        let methods: [Fencing.Method] = [
            .none, .quarantine(securityGroups: ["sg-1"]), .revokeIngress(securityGroups: []),
        ]
        return methods.map {
            FenceAction(
                database: "orders", region: "eu-west-1", identifier: "orders-db", isCluster: false,
                resourceID: $0 == .none ? nil : "db-ABC", method: $0)
        }
    }
}

extension Delivery {
    static var samples: [Delivery] {
        let topic = Topic(region: "eu-central-1", arn: "arn:aws:sns:eu-central-1:123456789012:drctl")
        return [
            Delivery(topic: topic, messageID: "5f6a", failure: nil),
            Delivery(topic: topic, messageID: nil, failure: "no answer in 10 s"),
        ]
    }
}

extension Notice {
    static func sample(_ kind: Kind) -> Notice {
        Notice(
            id: "shop-\(kind.rawValue)", kind: kind, workload: "shop", at: .sample,
            headline: "shop has failed",
            body: awkward, runbook: kind == .suspected ? nil : "runbooks/failover.md",
            topics: Delivery.samples.map(\.topic))
    }
}
