import Failover

/// Everything that has happened so far, as the invariants need it. Folded from happenings alone: the
/// controller's own fold of its records may be what is wrong.
///
/// A class: every invariant is handed it at every happening.
final class Chronicle {
    let premises: Premises
    var now: Timestamp
    private(set) var stories: [WorkloadID: Story] = [:]
    private(set) var processes: [HostID: Process] = [:]
    private(set) var sites: [SiteName: SiteTruth] = [:]
    /// Where each name leads, by Route 53's name servers.
    private(set) var answers: [String: String] = [:]
    private(set) var lease: (holder: HostID, epoch: Int)?
    private(set) var leaseSince: Timestamp?
    private(set) var activeFaults: [Int: Fault] = [:]
    /// What reached people, by workload, in order.
    private(set) var told: [WorkloadID: [Told]] = [:]

    struct Told {
        var at: Timestamp
        var id: String
        var kind: Notice.Kind
        var topic: Topic
    }

    init(_ premises: Premises) {
        self.premises = premises
        now = Timestamp(milliseconds: 0)
        for workload in premises.workloads {
            stories[workload.id] = Story()
            for database in workload.databases {
                sites[SiteName(database.primary)] = SiteTruth(isWriter: true)
                sites[SiteName(database.standby)] = SiteTruth(isWriter: false)
            }
        }
    }

    func story(_ id: WorkloadID) -> Story { stories[id] ?? Story() }
    func site(_ name: SiteName) -> SiteTruth { sites[name] ?? SiteTruth(isWriter: false) }
    /// Who decides: the one that holds the lease, or each for itself.
    var deciding: [Process] {
        let found = premises.isShared ? [lease.flatMap { processes[$0.holder] }] : processes.map(\.value)
        return found.compactMap(\.self).filter(\.isRunning)
    }

    func process(_ host: HostID) -> Process { processes[host] ?? Process() }

    func take(_ happening: Happening) {
        now = happening.at
        switch happening.kind {
        case .record(_, let record):
            guard let id = record.workload else { break }
            stories[id, default: Story()].take(record, at: now)
        case .observed(let host, let observations):
            processes[host, default: Process()].take(observations, at: now)
        case .host(let host, .started): processes[host] = Process(startedAt: now)
        case .host(let host, .crashed), .host(let host, .stopped): processes[host]?.isRunning = false
        case .effect(let effect): take(effect)
        case .wrote(let commits):
            sites[commits.site, default: SiteTruth(isWriter: false)].wroteAt = commits.lastAt
        case .delivered(let id, let kind, let workload, let topic):
            told[workload, default: []].append(Told(at: now, id: id, kind: kind, topic: topic))
        case .fault(let fault, let begins): activeFaults[fault.index] = begins ? fault : nil
        case .lease(let holder, let epoch, _):
            lease = (holder, epoch)
            leaseSince = now
        case .host, .mutation, .called, .request, .leaseAsked, .alarm, .problem: break
        }
    }

    private func take(_ effect: Effect) {
        switch effect {
        case .promoted(_, let site, _), .detached(_, let site, _), .globalFailover(_, let site, _):
            sites[site, default: SiteTruth(isWriter: false)].promotions.append(now)
        case .writerReady(_, let site): sites[site, default: SiteTruth(isWriter: false)].isWriter = true
        case .fenced(_, let site): sites[site, default: SiteTruth(isWriter: false)].fencedAt = now
        case .answerMoved(let name, let to): answers[name] = to
        case .lost, .recordMoved, .leverFlipped: break
        }
    }
}

/// What is true of one site.
struct SiteTruth {
    var isWriter: Bool
    /// When promotions of it were accepted.
    var promotions: [Timestamp] = []
    var fencedAt: Timestamp?
    /// When clients last committed there.
    var wroteAt: Timestamp?

    init(isWriter: Bool) { self.isWriter = isWriter }
}

/// One host's process, from its start on: what it has been told since.
struct Process {
    var startedAt: Timestamp?
    var isRunning = true
    private(set) var testimonies: [DatabaseID: Testimony] = [:]

    init(startedAt: Timestamp? = nil) { self.startedAt = startedAt }

    mutating func take(_ observations: [Observation], at now: Timestamp) {
        for observation in observations {
            testimonies[observation.database, default: Testimony()].take(observation, heardAt: now)
        }
    }

    func testimony(on database: DatabaseID) -> Testimony { testimonies[database] ?? Testimony() }
}

extension Timestamp {
    /// Before the beginning of every run.
    static let distantPast = Timestamp(milliseconds: 0)
}
