import Failover

/// What the run counts as it goes, and whether it has come to rest.
final class Tally {
    private let trace: Trace
    private(set) var statistics = RunReport.Statistics()
    /// When something last moved on.
    private(set) var lastStir = World.start
    private var phases: [WorkloadID: Phase] = [:]
    private var unsettled: Set<Happening.NoticeID> = []
    private var unreported: [SiteName: Commits] = [:]
    /// In order of appearance.
    private var sites: [SiteName] = []
    private var settledAt = World.start

    /// Between two tellings of what clients commit, where nothing else asks for one.
    static let pace = Duration.seconds(60)

    init(_ trace: Trace) { self.trace = trace }

    /// No plan runs and no news waits to be told.
    var isAtRest: Bool { unsettled.isEmpty && !phases.values.contains(.failingOver) }

    func phase(of workload: WorkloadID) -> Phase { phases[workload] ?? .watching }

    func add(_ database: DatabaseID, _ session: Session, _ count: Int, _ position: Int) {
        statistics.commits += count
        if unreported[session.site] == nil {
            unreported[session.site] = Commits(
                database: database, site: session.site, count: 0, position: position, lastAt: trace.now)
            sites.append(session.site)
            // The first ones to a site are news.
            return report(session.site, count, position)
        }
        unreported[session.site]?.count += count
        unreported[session.site]?.position = position
        unreported[session.site]?.lastAt = trace.now
        guard trace.now - settledAt >= Self.pace else { return }
        settle()
    }

    private func report(_ site: SiteName, _ more: Int = 0, _ position: Int? = nil) {
        guard var commits = unreported[site] else { return }
        commits.count += more
        commits.position = position ?? commits.position
        guard commits.count > 0 else { return }
        unreported[site]?.count = 0
        trace.note(.wrote(commits))
    }

    /// Tells of all commits so far.
    func settle() {
        settledAt = trace.now
        for site in sites { report(site) }
    }

    func saw(_ happening: Happening) {
        switch happening.kind {
        case .record(_, let record): saw(record, at: happening.at)
        case .mutation: statistics.requests += 1
        case .called: statistics.requests += 1
        case .effect(let effect):
            if case .lost(_, let commits, _) = effect { statistics.commitsLost += commits }
            if case .leverFlipped = effect { return }
            lastStir = happening.at
        case .host(_, let event):
            if event == .crashed { statistics.crashes += 1 }
            lastStir = happening.at
        case .fault, .request: lastStir = happening.at
        default: break
        }
    }

    private func saw(_ record: Record, at now: Timestamp) {
        statistics.records += 1
        switch record.event {
        case .phaseChanged(_, let to, _, _): record.workload.map { phases[$0] = to }
        case .planEnded(let ending) where ending.outcome == .completed: statistics.failoversCompleted += 1
        case .stepStarted, .stepFinished, .fenceSettled, .holdPlaced, .holdReleased, .planEnded: break
        // Reminders come for ever; what counts is that they are told.
        case .noticeIssued(let notice):
            unsettled.insert(notice.id)
            return
        case .noticeSettled(let id, _):
            unsettled.remove(id)
            return
        default: return
        }
        lastStir = now
    }
}
