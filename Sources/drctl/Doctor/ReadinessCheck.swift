import Failover

/// Would a failover go through now, and what would it cost?
struct ReadinessCheck {
    var workload: Workload
    var phase: Phase?
    var dryRun: DryRun

    private static let name = "readiness"

    /// Closed while the primary is well, or opened by who asks: they say nothing about readiness.
    private static let openedByNeed: Set<GateID> = [
        .mode, .quorum, .window, .sourceAlive, .replicaView, .freshness,
    ]

    var findings: [Finding] { [verdict] + [readiness] }

    private var verdict: Finding {
        let name = "verdict"
        let sentence = dryRun.assessment.sentence
        switch dryRun.assessment.verdict {
        case .healthy: return .ok(name, sentence)
        case .failed, .configurationFault, .isolated: return .fail(name, sentence)
        case .suspect, .partitioned, .providerRecovering, .partial, .unknown: return .warn(name, sentence)
        }
    }

    private var readiness: Finding {
        switch phase {
        case .failedOver:
            return .fail(
                Self.name,
                "failed over to \(workload.standbyRegion) and exposed: nothing to fail over to. Build a new "
                    + "replica, then swap primary and standby in the configuration")
        case .failingOver: return .warn(Self.name, "a failover is running: drctl status \(workload.id)")
        case .needsOperator:
            return .fail(
                Self.name, "a failover stopped halfway: drctl resume or drctl abandon \(workload.id)")
        default: break
        }
        let closed = dryRun.assessment.gates.filter { !$0.open && !Self.openedByNeed.contains($0.id) }
        let blockers = closed.map { "\($0.id.rawValue): \($0.because)" }
        guard let plan = dryRun.plan else {
            return .fail(
                Self.name,
                (["no plan can be made: \(dryRun.obstacle ?? "unknown")"] + blockers).joined(separator: "; "))
        }
        guard blockers.isEmpty else {
            // A hold and a cooldown are meant, and end.
            let isMeant = closed.allSatisfy {
                [.hold, .cooldown, .capacity, .provider, .maintenance].contains($0.id)
            }
            let text = "a failover would be refused now: \(blockers.joined(separator: "; "))"
            return isMeant ? .warn(Self.name, text) : .fail(Self.name, text)
        }
        return .ok(Self.name, "\(path(plan)): \(forecast(plan.forecast)); \(mode)")
    }

    private func path(_ plan: Plan) -> String {
        let names = plan.steps.map(\.action.name)
        return names.enumerated().filter { $0.offset == 0 || names[$0.offset - 1] != $0.element }.map(
            \.element
        )
        .joined(separator: ", ")
    }

    private func forecast(_ forecast: Forecast) -> String {
        let loss = forecast.lossSeconds.map { "up to \(secondsText($0)) lost" } ?? "the loss unknown"
        return "about \(secondsText(forecast.rtoSeconds)), \(loss)"
    }

    private var mode: String {
        switch workload.policy.mode {
        case .automatic: "by itself (mode automatic)"
        case .approval: "after a person's approval (mode approval)"
        case .observe: "only by drctl failover (mode observe)"
        }
    }
}
