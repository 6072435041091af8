import Failover

struct EndIsTold: Invariant {
    static let id = "INV12"
    static let rule = "Where a workload has come to rest, somebody has been told so"

    private let premises: Premises

    /// A failed delivery is tried again after 300 s at the latest and takes 10 s; a minute for a host that
    /// has to start first, and the same again for one that is interrupted once more.
    static let bound = Duration.seconds(740)

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(atTheEnd past: Chronicle) -> [String] {
        premises.workloads.compactMap { workload in
            let story = past.story(workload.id)
            guard let due = Self.due(story.phase), let since = story.phaseSince,
                past.now - max(since, premises.calmSince ?? past.now) > Self.bound
            else { return nil }
            let isTold = (past.told[workload.id] ?? []).contains { told in
                told.at >= since && due.contains(told.kind)
            }
            return isTold
                ? nil : "\(workload.id) is \(story.phase.rawValue) since \(since), and nobody was told"
        }
    }

    /// What has to be said of a phase; nil where nothing has.
    private static func due(_ phase: Phase) -> Set<Notice.Kind>? {
        switch phase {
        case .watching, .suspected, .failingOver: nil
        case .blocked: [.blocked]
        case .awaitingApproval: [.approvalNeeded]
        case .needsOperator: [.needsOperator]
        case .failedOver: [.completed, .failed, .exposed]
        }
    }
}
