import Failover

struct DataLossLimit: Invariant {
    static let id = "INV7"
    static let rule =
        "Nothing is promoted beyond the limit of data loss without a person's word, and what "
        + "was forecast is not less than what was lost"

    private let premises: Premises
    /// What each replica was last known to have applied, by any host: that it keeps.
    private var heard: [DatabaseID: Heard] = [:]
    /// When each primary had gone dark for the host whose plan runs, in true time.
    private var dark: [DatabaseID: Dark] = [:]

    private struct Dark {
        var since: Timestamp
        /// By that much less is forecast: until when commits are lost is reckoned by the host's clock, what
        /// the replica had applied by AWS's.
        var clockBehind: Duration
    }

    private struct Heard {
        var applied: Timestamp?
        /// The newest sample of all.
        var sampledAt: Timestamp
    }

    /// For how long it is known after the last sample.
    private static let memory = Duration.seconds(3600)
    /// Clocks of other machines (2 s), the second that a commit counts for, and the hand-over of a look.
    private static let tolerance = Duration.seconds(5)

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        switch happening.kind {
        case .observed(_, let observations):
            for observation in observations { remember(observation) }
            return []
        case .record(let host, let record):
            switch record.event {
            case .planAdopted(let plan) where !Self.accepts(plan.origin):
                return judge(plan, host, record.at, happening.at, past)
            case .phaseChanged(let from, .failingOver, _, let assessment) where from != .needsOperator:
                follow(assessment, past.process(host))
            default: break
            }
            return []
        case .mutation(_, let mutation) where mutation.promotes:
            guard case .step(let id, let epoch, _, _)? = mutation.cause,
                !past.story(id).frozen.contains(epoch)
            else { return [] }
            return ["\(mutation.text): no ledger says what may be lost"]
        case .effect(.lost(let database, _, let seconds)): return trueLoss(of: database, seconds, past)
        default: return []
        }
    }

    private mutating func remember(_ observation: Observation) {
        guard let policy = premises.workload(observation.workload)?.policy,
            let newest = Self.samples(observation).map(\.sampledAt).max()
        else { return }
        var entry = heard[observation.database] ?? Heard(sampledAt: newest)
        entry.sampledAt = max(entry.sampledAt, newest)
        let applied = Self.applied(observation, policy, observation.at) + [entry.applied].compactMap(\.self)
        entry.applied = applied.max()
        heard[observation.database] = entry
    }

    private mutating func follow(_ assessment: Assessment, _ process: Process) {
        for item in assessment.databases {
            let testimony = process.testimony(on: item.database)
            dark[item.database] = item.darkSince.map {
                Dark(since: testimony.trueTime(of: $0), clockBehind: testimony.clockBehind)
            }
        }
    }

    /// A person took the loss on themselves, by name.
    private static func accepts(_ origin: Plan.Origin) -> Bool {
        if case .manual(_, _, let overrides) = origin { overrides.contains(.lag) } else { false }
    }

    /// The forecast must cover at least what the host itself has seen: from what the replica had applied to
    /// the last answer of the primary.
    private func judge(
        _ plan: Plan, _ host: HostID, _ instant: Timestamp, _ now: Timestamp, _ past: Chronicle
    ) -> [String] {
        guard let workload = premises.workload(plan.workload) else { return [] }
        let policy = workload.policy
        return workload.databases.flatMap { database -> [String] in
            let testimony = past.process(host).testimony(on: database.id)
            let applied = [Slot.replication, .standbyProbe].flatMap { slot in
                testimony.candidates(slot, at: instant, now: now, freshness: policy.freshness)
                    .flatMap { Self.applied($0, policy, instant) }
            }
            let known = heard[database.id].flatMap { entry in
                instant - entry.sampledAt <= Self.memory ? entry.applied : nil
            }
            guard let best = (applied + [known].compactMap(\.self)).max() else {
                return ["\(plan.workload) starts, but the lag of \(database.id) is not known"]
            }
            guard let seen = testimony.answered(at: instant, now: now) else { return [] }
            let loss = seen - best
            let forecast = plan.forecast.lossSeconds.map { Duration.milliseconds(Int64($0 * 1000)) } ?? .zero
            if loss > forecast + Self.tolerance {
                return [
                    "\(plan.workload) forecasts a loss of \(forecast.text), and \(database.id) was seen to "
                        + "commit \(loss.text) after what its replica has"
                ]
            }
            return loss <= policy.maximumDataLoss + Self.tolerance
                ? []
                : [
                    "\(plan.workload) starts, but \(loss.text) of \(database.id) would be lost, over "
                        + "\(policy.maximumDataLoss.text)"
                ]
        }
    }

    /// Primary times up to which the replica had applied, by samples that are young enough.
    private static func applied(
        _ observation: Observation?, _ policy: Policy, _ instant: Timestamp
    ) -> [Timestamp] {
        samples(observation).compactMap { sample in
            guard let lag = sample.lagSeconds, lag.isFinite, lag >= 0, lag < 1e9,
                instant - sample.sampledAt <= policy.metricFreshness
            else { return nil }
            return sample.sampledAt - .milliseconds(Int64(lag * 1000))
        }
    }

    private static func samples(_ observation: Observation?) -> [LagSample] {
        switch observation?.fact {
        case .replication(.known(let found))?: found
        case .probe(.standby, .known(let answer))?: answer.sql?.heartbeat.map { [$0] } ?? []
        default: []
        }
    }

    private func trueLoss(of database: DatabaseID, _ seconds: Double, _ past: Chronicle) -> [String] {
        let owner = premises.workloads.first { $0.database(database) != nil }
        guard let workload = owner, let item = workload.database(database),
            let plan = past.story(workload.id).plan, !Self.accepts(plan.origin)
        else { return [] }
        let old = past.site(SiteName(item.primary))
        // What a primary committed after it was given up for dead could not be forecast; that it lived beside
        // the new writer is judged elsewhere.
        if let wrote = old.wroteAt, let adopted = past.story(workload.id).planAdoptedAt,
            wrote > adopted - workload.policy.confirmationWindow
        {
            return []
        }
        // Nor what it committed when it had gone dark for the host already: a loss is forecast up to then.
        // That this was not too early is seen above, by what the host has heard.
        let unseen = dark[database].map { dark in
            dark.clockBehind + (old.wroteAt.map { max(.zero, $0 - dark.since) } ?? .zero)
        }
        let forecast = plan.forecast.lossSeconds ?? 0
        let allowed = forecast + (Self.tolerance + (unseen ?? .zero)).inSeconds
        return seconds <= allowed
            ? [] : ["\(database) has lost \(seconds) s of commits, forecast were \(forecast) s"]
    }
}
