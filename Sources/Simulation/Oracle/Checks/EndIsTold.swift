import Failover

struct EndIsTold: Invariant {
    static let id = "INV12"
    static let rule =
        "Whoever is needed is told at once, nothing is called told that nobody took, and where a "
        + "workload has come to rest somebody has been told so"

    private let premises: Premises
    /// Phases that people have to hear of, until the notice is on record.
    private var silent: [WorkloadID: (phase: Phase, since: Timestamp)] = [:]
    private var issuedAt: [Happening.NoticeID: Timestamp] = [:]
    /// When people were last asked for a yes in the outage at hand, and told nothing else since.
    private var askedAt: [WorkloadID: Timestamp] = [:]

    /// Evidence that goes to and fro asks no more often, and tells of no block more often.
    static let pace = Duration.seconds(300)

    /// The notice is written with the phase.
    static let atOnce = Duration.seconds(15)
    /// Twenty rounds, 5 s to 300 s apart, before a notice counts as told by the journal alone: 75 min.
    static let trying = Duration.seconds(4400)

    /// A failed delivery is tried again after 300 s at the latest and takes 10 s; a minute for a host that
    /// has to start first, and the same again for one that is interrupted once more.
    static let bound = Duration.seconds(740)

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        guard case .record(_, let record) = happening.kind, let id = record.workload else { return [] }
        switch record.event {
        case .phaseChanged(_, let to, _, _):
            // What is blocked is told once for each set of reasons; see below for the rest of it.
            let isAsked = askedAt[id].map { happening.at - $0 <= Self.pace } ?? false
            let mustBeTold =
                to != .blocked && Self.due(to) != nil && !(to == .awaitingApproval && isAsked)
            silent[id] = mustBeTold ? (to, happening.at) : nil
        case .noticeIssued(let notice):
            issuedAt[notice.id] = happening.at
            askedAt[id] = notice.kind == .approvalNeeded ? happening.at : nil
            if let quiet = silent[id], Self.due(quiet.phase)?.contains(notice.kind) == true {
                silent[id] = nil
            }
        case .noticeSettled(let notice, let deliveries):
            let isTaken = deliveries.isEmpty || deliveries.contains { $0.messageID != nil }
            if !isTaken, let issued = issuedAt[notice], happening.at - issued < Self.trying {
                return ["\(id): \(notice) is given up after \((happening.at - issued).text)"]
            }
        default: break
        }
        guard let quiet = silent[id], happening.at - quiet.since > Self.atOnce else { return [] }
        silent[id] = nil
        return ["\(id) is \(quiet.phase.rawValue) since \(quiet.since), and no notice says so"]
    }

    mutating func findings(atTheEnd past: Chronicle) -> [String] {
        premises.workloads.compactMap { workload in
            let story = past.story(workload.id)
            // Where nothing is left to be tried, nothing is waited for.
            let pace = story.phase == .blocked ? Self.pace : .zero
            let bound = story.issued.isSubset(of: story.settled) ? pace + Self.atOnce : pace + Self.bound
            guard let due = Self.due(story.phase), let since = story.phaseSince,
                past.now - max(since, premises.calmSince ?? past.now) > bound
            else { return nil }
            let told = past.told[workload.id] ?? []
            let isTold = told.contains { $0.at >= since && due.contains($0.kind) }
            // The same reasons are not told again, where nothing else was told since.
            let isPaced = story.phase == .blocked || story.phase == .awaitingApproval
            let isKnown = isPaced && newest(of: told).map { due.contains($0.kind) } ?? false
            return isTold || isKnown
                ? nil : "\(workload.id) is \(story.phase.rawValue) since \(since), and nobody was told"
        }
    }

    /// By when it was written: an older one may be delivered later.
    private func newest(of told: [Chronicle.Told]) -> Chronicle.Told? {
        told.max { (issuedAt[$0.id] ?? $0.at) < (issuedAt[$1.id] ?? $1.at) }
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
