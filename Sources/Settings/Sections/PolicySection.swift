import Failover

enum PolicyKey: String, SectionKey {
    case mode, witnesses, quorum, cooldown, freshness, timeouts, maintenance
    case confirmationWindow = "confirmation_window"
    case clearanceWindow = "clearance_window"
    case maximumDataLoss = "maximum_data_loss"
    case recoveryTime = "recovery_time"
    case metricFreshness = "metric_freshness"
    case stallAfter = "stall_after"
    case providerRecoveryLimit = "provider_recovery_limit"

    static let places = ["defaults.policy", "workloads.*.policy"]
}

enum TimeoutKey: String, SectionKey {
    case recheck, fence, promotion, capacity, traffic, confirmation

    static let places = PolicyKey.places.map { $0 + ".timeouts" }
}

enum DefaultsKey: String, SectionKey {
    case policy

    static let places = ["defaults"]
}

/// A policy as written, before defaults and before anything is compared.
struct PolicyDraft {
    var mode: Setting<Policy.Mode> = .absent
    var witnesses: Setting<[WitnessKind]> = .absent
    var quorum: Setting<Int> = .absent
    var confirmationWindow: Setting<Duration> = .absent
    var clearanceWindow: Setting<Duration> = .absent
    var maximumDataLoss: Setting<Duration> = .absent
    var recoveryTime: Setting<Duration> = .absent
    var cooldown: Setting<Duration> = .absent
    var freshness: Setting<Duration> = .absent
    var metricFreshness: Setting<Duration> = .absent
    var stallAfter: Setting<Duration> = .absent
    var providerRecoveryLimit: Setting<Duration> = .absent
    var maintenance: Setting<[MaintenanceWindow]> = .absent
    var timeouts: [TimeoutKey: Setting<Duration>] = [:]

    init() {}

    init(_ section: Section<PolicyKey>) {
        func duration(_ key: PolicyKey, _ range: ClosedRange<Duration>) -> Setting<Duration> {
            Setting(section.field(key)) { $0.duration(in: range) }
        }
        mode = Setting(section.field(.mode)) { $0.choice(Policy.Mode.self) }
        witnesses = Setting(section.field(.witnesses), Self.readWitnesses)
        quorum = Setting(section.field(.quorum)) { $0.integer() }
        confirmationWindow = duration(.confirmationWindow, .seconds(2) ... .hours(1))
        clearanceWindow = duration(.clearanceWindow, .seconds(1) ... .hours(24))
        maximumDataLoss = duration(.maximumDataLoss, .zero ... .hours(24))
        recoveryTime = duration(.recoveryTime, .minutes(1) ... .hours(24))
        cooldown = duration(.cooldown, .minutes(1) ... .hours(168))
        freshness = duration(.freshness, .seconds(1) ... .minutes(30))
        metricFreshness = duration(.metricFreshness, .minutes(1) ... .hours(1))
        stallAfter = duration(.stallAfter, .seconds(5) ... .hours(24))
        providerRecoveryLimit = duration(.providerRecoveryLimit, .zero ... .hours(2))
        maintenance = Setting(section.field(.maintenance), Self.readMaintenance)
        guard let steps = section.field(.timeouts)?.section(TimeoutKey.self) else { return }
        for key in TimeoutKey.allCases {
            // Capacity need not be waited for; every other step is one that a failover cannot do without.
            let least = key == .capacity ? Duration.zero : .seconds(5)
            timeouts[key] = Setting(steps.field(key)) { $0.duration(in: least ... .hours(6)) }
        }
    }

    /// This policy, with `defaults` where it says nothing; key by key, in `timeouts` too.
    func over(_ defaults: PolicyDraft) -> PolicyDraft {
        var merged = PolicyDraft()
        merged.mode = mode.or(defaults.mode)
        merged.witnesses = witnesses.or(defaults.witnesses)
        merged.quorum = quorum.or(defaults.quorum)
        merged.confirmationWindow = confirmationWindow.or(defaults.confirmationWindow)
        merged.clearanceWindow = clearanceWindow.or(defaults.clearanceWindow)
        merged.maximumDataLoss = maximumDataLoss.or(defaults.maximumDataLoss)
        merged.recoveryTime = recoveryTime.or(defaults.recoveryTime)
        merged.cooldown = cooldown.or(defaults.cooldown)
        merged.freshness = freshness.or(defaults.freshness)
        merged.metricFreshness = metricFreshness.or(defaults.metricFreshness)
        merged.stallAfter = stallAfter.or(defaults.stallAfter)
        merged.providerRecoveryLimit = providerRecoveryLimit.or(defaults.providerRecoveryLimit)
        merged.maintenance = maintenance.or(defaults.maintenance)
        merged.timeouts = timeouts.merging(defaults.timeouts) { own, other in own.or(other) }
        return merged
    }

    private static func readMaintenance(_ field: Field) -> Located<[MaintenanceWindow]>? {
        guard let items = field.items(atMost: 20) else { return nil }
        let windows = items.compactMap { item in
            item.section(MaintenanceKey.self).flatMap { MaintenanceWindow($0) }
        }
        return windows.count == items.count ? field.located(windows) : nil
    }

    private static func readWitnesses(_ field: Field) -> Located<[WitnessKind]>? {
        guard let items = field.items(atMost: 32) else { return nil }
        let kinds = items.compactMap { $0.choice(WitnessKind.self) }
        field.findings.refuseDuplicates(kinds)
        return kinds.count == items.count ? field.located(kinds.map(\.value)) : nil
    }
}
