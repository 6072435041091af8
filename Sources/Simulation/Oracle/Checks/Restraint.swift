import Failover

struct Restraint: Invariant {
    static let id = "INV-rest"
    static let rule =
        "Nothing starts on hold, nothing starts by itself without leave, in a maintenance window or within "
        + "the cooldown, and only a completed failover cools down"

    private let premises: Premises

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        guard case .record(_, let record) = happening.kind, let id = record.workload,
            let workload = premises.workload(id)
        else { return [] }
        let story = past.story(id)
        switch record.event {
        case .planAdopted(let plan): return starts(plan, workload.policy, story, record.at)
        case .phaseChanged(_, _, _, let assessment), .assessed(let assessment):
            let cools = assessment.gates.contains { $0.id == .cooldown && !$0.open }
            return cools && story.completedAt == nil
                ? ["\(id) cools down, and no failover was ever completed"] : []
        default: return []
        }
    }

    private func starts(_ plan: Plan, _ policy: Policy, _ story: Story, _ now: Timestamp) -> [String] {
        var found: [String] = []
        if let hold = story.hold { found.append("\(plan.workload) starts, held by \(hold.by)") }
        switch plan.origin {
        case .manual: return found
        case .automatic:
            if policy.mode != .automatic {
                found.append("\(plan.workload) starts by itself, its mode is \(policy.mode.rawValue)")
            }
        case .approved:
            if policy.mode != .approval {
                found.append("\(plan.workload) was approved, its mode is \(policy.mode.rawValue)")
            }
        }
        if policy.maintenance.contains(where: { Self.isOpen($0, at: now) }) {
            found.append("\(plan.workload) starts in a maintenance window")
        }
        if let completed = story.completedAt, now - completed < policy.cooldown {
            found.append("\(plan.workload) starts \((now - completed).text) after the last failover")
        }
        return found
    }

    /// Reckoned in weeks, which is not how the controller does it.
    private static func isOpen(_ window: MaintenanceWindow, at now: Timestamp) -> Bool {
        let (day, week) = (Int64(86_400_000), Int64(7 * 86_400_000))
        // 1970-01-05 was a Monday.
        let ofWeek = (now.milliseconds - 4 * day) % week
        return window.days.contains { weekday in
            let number = MaintenanceWindow.Weekday.allCases.firstIndex(of: weekday) ?? 0
            let start = Int64(number) * day + Int64(window.startMinute) * 60_000
            return (ofWeek - start + week) % week < window.duration.milliseconds
        }
    }
}
