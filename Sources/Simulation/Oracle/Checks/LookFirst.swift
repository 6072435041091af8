import Failover

struct LookFirst: Invariant {
    static let id = "INV-look"
    static let rule =
        "Right before anything is promoted everything is looked at again, and nothing is "
        + "promoted beside an old writer that is seen to live"

    private let premises: Premises
    /// When a person last had each plan go on, with everything looked at a moment before.
    private var resumedAt: [WorkloadID: Timestamp] = [:]
    /// Since when, on the host's clock, its own connection to the primary has failed at every look.
    private var failing: [Key: (since: Timestamp, until: Timestamp)] = [:]

    private struct Key: Hashable {
        var host: HostID
        var database: DatabaseID
    }

    /// What was heard so shortly before a call left may not have been judged yet.
    private static let reaction = Duration.seconds(2)
    /// Clocks of other machines.
    private static let margin = Duration.seconds(5)

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        switch happening.kind {
        case .record(let host, let record):
            guard let id = record.workload else { return [] }
            switch record.event {
            case .stepFinished(let step, _, .succeeded):
                guard case .recheck? = past.story(id).plan?.step(step)?.action else { return [] }
                return unseen(id, host, past)
            case .stepStarted(let step, _): return unchecked(id, step, host, past)
            case .phaseChanged(.needsOperator, .failingOver, _, _):
                resumedAt[id] = hasSeen(id, host, happening.at, past) ? happening.at : nil
                return []
            default: return []
            }
        case .observed(let host, let observations):
            for observation in observations { note(observation, host, happening.at, past) }
            return []
        case .mutation(let host, let mutation) where mutation.promotes:
            return alive(host, mutation, happening.at, past)
        default: return []
        }
    }

    private mutating func note(
        _ observation: Observation, _ host: HostID, _ now: Timestamp, _ past: Chronicle
    ) {
        guard case .probe(.primary, let reading) = observation.fact else { return }
        let (key, at) = (Key(host: host, database: observation.database), observation.at)
        guard case .known(let answer) = reading, !answer.serves else {
            failing[key] = nil
            return
        }
        let freshness = premises.workload(observation.workload)?.policy.freshness ?? .zero
        let testimony = past.process(host).testimony(on: observation.database)
        // What was stale when the next one came had said nothing for a while.
        let run = failing[key].flatMap { now - testimony.trueTime(of: $0.until) <= freshness ? $0 : nil }
        failing[key] = (run?.since ?? at, max(run?.until ?? at, at))
    }

    /// A recheck that was done has heard of every database since it began.
    private func unseen(_ id: WorkloadID, _ host: HostID, _ past: Chronicle) -> [String] {
        guard let workload = premises.workload(id), let began = past.story(id).recheckedAt else { return [] }
        let process = past.process(host)
        return workload.databases.compactMap { database in
            let testimony = process.testimony(on: database.id)
            let heard = Slot.allCases.compactMap(testimony.heardAt).max()
            return heard.map { $0 >= began } ?? false
                ? nil : "\(id) is on record as looked at again, and nothing was heard of \(database.id)"
        }
    }

    /// Every database was heard of so recently that the answers were fresh when it was decided.
    private func hasSeen(_ id: WorkloadID, _ host: HostID, _ now: Timestamp, _ past: Chronicle) -> Bool {
        guard let workload = premises.workload(id) else { return false }
        let oldest = now - workload.policy.freshness - Testimony.slack
        return workload.databases.allSatisfy { database in
            let testimony = past.process(host).testimony(on: database.id)
            return Slot.allCases.compactMap(testimony.heardAt).contains { $0 >= oldest }
        }
    }

    /// Whoever promotes first has made the recheck itself: a process that takes a plan over knows nothing of
    /// what the one before it saw. A person who has a plan go on has every gate judged anew, and everything
    /// was looked at for that.
    private func unchecked(_ id: WorkloadID, _ step: StepID, _ host: HostID, _ past: Chronicle) -> [String] {
        let story = past.story(id)
        guard let plan = story.plan, plan.step(step)?.action.promotes == true,
            !plan.steps.contains(where: { item in
                item.action.promotes && story.begun.contains { $0.step == item.id }
            })
        else { return [] }
        let since = max(past.process(host).startedAt ?? past.now, past.leaseSince ?? .distantPast)
        let looked = [story.recheckedAt, resumedAt[id]].compactMap(\.self).max()
        return looked.map { $0 >= since } ?? false
            ? [] : ["\(id): \(step) begins, and \(host) has not looked at everything again"]
    }

    private func alive(_ host: HostID, _ mutation: Mutation, _ now: Timestamp, _ past: Chronicle) -> [String]
    {
        let site = SiteName(region: mutation.region, identifier: mutation.target)
        guard let owner = premises.owner(of: site), !past.site(site).isWriter else { return [] }
        let story = past.story(owner.workload.id)
        guard let plan = story.plan, let adopted = story.planAdoptedAt,
            !story.hasFenced(owner.database.id), !Self.accepts(plan.origin)
        else { return [] }
        let testimony = past.process(host).testimony(on: owner.database.id)
        let key = Key(host: host, database: owner.database.id)
        let signs = Slot.allCases.filter { slot in
            guard let observation = testimony.newest(slot), let heard = testimony.heardAt(slot),
                now - heard >= Self.reaction, now - heard < owner.workload.policy.freshness - Self.reaction
            else { return false }
            return provesLife(
                observation, to: key, since: adopted + Self.margin, owner.workload.policy)
        }
        return signs.map {
            "\(mutation.text): \($0.rawValue) proves \(owner.database.primary.identifier) alive"
        }
    }

    private static func accepts(_ origin: Plan.Origin) -> Bool {
        if case .manual(_, _, let overrides) = origin { overrides.contains(.sourceAlive) } else { false }
    }

    /// An answer on a connection; or a checker that was answered after the plan was made; or a change that
    /// was committed since then and since the primary went silent for the host, by a replica that still
    /// receives. What it committed before it went silent once more may have been its last.
    private func provesLife(
        _ observation: Observation, to key: Key, since planned: Timestamp, _ policy: Policy
    ) -> Bool {
        switch observation.fact {
        case .probe(.primary, .known(let answer)): return answer.serves
        case .replication(.known(let samples)):
            guard let newest = samples.max(by: { $0.sampledAt < $1.sampledAt }), let lag = newest.lag,
                lag < policy.stallAfter
            else { return false }
            let silent = failing[key].map { $0.since + Self.margin } ?? planned
            return newest.sampledAt - lag > max(planned, silent)
        case .routeHealth(.known(let sample)): return sample.healthy && sample.sampledAt > planned
        default: return false
        }
    }
}
