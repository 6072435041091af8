import Failover

struct Idleness: Invariant {
    static let id = "INV-idle"
    static let rule =
        "A primary that is dead for good, and is heard to be, is failed over, or a yes is asked for, "
        + "or what keeps it from that is truly so"

    private let premises: Premises

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(atTheEnd past: Chronicle) -> [String] {
        guard let calm = premises.calmSince else { return [] }
        return premises.workloads.compactMap { workload in
            let story = past.story(workload.id)
            let quiet = past.now - max(calm, story.phaseSince ?? calm)
            guard quiet > Liveness.doubt(workload.policy), Self.isDead(workload, past),
                Self.isHeard(workload, past)
            else { return nil }
            switch story.phase {
            case .watching: return "\(workload.id) is dead, which was heard, and is watched for \(quiet.text)"
            case .blocked where isGroundless(story, workload, past):
                let gates = story.closedGates.map(\.rawValue).joined(separator: ", ")
                return "\(workload.id) is dead, and blocked for \(quiet.text) by what is not so: \(gates)"
            // What becomes of a suspicion is asked for by `Liveness`.
            case .suspected, .blocked, .awaitingApproval, .failingOver, .needsOperator, .failedOver:
                return nil
            }
        }
    }

    /// Every primary of it is gone, and does not come back.
    static func isDead(_ workload: Workload, _ past: Chronicle) -> Bool {
        workload.databases.allSatisfy { database in
            past.activeFaults.values.contains { $0.isForGood && $0.kills(database.primary) }
        }
    }

    /// Whoever decides has heard enough, and nothing against it.
    static func isHeard(_ workload: Workload, _ past: Chronicle) -> Bool {
        past.deciding.contains { process in
            workload.databases.allSatisfy { process.testimony(on: $0.id).isClear(workload.policy) }
        }
    }

    /// Aurora's lag metric goes on without its primary: where it is silent, nothing was heard.
    private static func replicasAreHeard(_ workload: Workload, _ past: Chronicle) -> Bool {
        past.deciding.contains { process in
            workload.databases.allSatisfy { database in
                database.kind == .rdsReplica
                    || process.testimony(on: database.id).saysReplicaIsCutOff(workload.policy)
            }
        }
    }

    private func isGroundless(_ story: Story, _ workload: Workload, _ past: Chronicle) -> Bool {
        !story.closedGates.isEmpty
            && story.closedGates.allSatisfy { isOpen($0, story, workload, past) }
    }

    /// Whether the facts say that a gate is open. Those of the evidence are, where enough was heard; of the
    /// rest only what can be told from here.
    private func isOpen(_ gate: GateID, _ story: Story, _ workload: Workload, _ past: Chronicle) -> Bool {
        switch gate {
        case .mode: workload.policy.mode != .observe
        case .hold: story.hold == nil
        case .cooldown: story.completedAt == nil
        case .capacity: premises.workloads.allSatisfy { past.story($0.id).phase != .failingOver }
        case .replicaView: Self.replicasAreHeard(workload, past)
        case .quorum, .window, .freshness, .sourceAlive, .isolation, .provider, .lease: true
        default: false
        }
    }
}

extension Fault {
    var isForGood: Bool { until == .distantFuture }

    /// Whether nothing at that site takes commits any more.
    func kills(_ site: Site) -> Bool {
        switch kind {
        case .regionDead, .dataPlaneDown: place.region == site.region
        case .instanceDead: place.site == SiteName(site)
        default: false
        }
    }
}
