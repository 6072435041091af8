import AWS
import Failover

@testable import Simulation

/// A failover in which everything is right, by hand: the traces that violate something are this one with one
/// thing changed.
struct SoundStory {
    static let host: HostID = "host-1"
    static let secret = "wJalrXUtnFEMI/K7MDENG"
    static let workload = makeWorkload()
    static let database = workload.databases[0]
    static let primary = SiteName(database.primary)
    static let standby = SiteName(database.standby)
    static let name = "orders.db.example"
    static let start = Timestamp(milliseconds: 1_767_225_600_000)

    var happenings: [Happening]
    var premises = Premises(
        workloads: [workload], hosts: [host], secrets: [secret], calmSince: start + .seconds(300))
    /// Seconds from the start to the end of the run.
    var ends = 7200

    init() {
        // The order of the script within a second is the order of things.
        happenings = Self.script.enumerated()
            .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
            .map { Self.happening($0.element.0, $0.element.1) }
    }

    static func happening(_ seconds: Double, _ kind: Happening.Kind) -> Happening {
        Happening(at: time(seconds), kind: kind)
    }

    static func time(_ seconds: Double) -> Timestamp { start + .milliseconds(Int64(seconds * 1000)) }

    /// What the oracle says of it.
    func findings(only: Set<String>? = nil) -> [Violation] {
        let oracle = Oracle(premises, only: only)
        for happening in happenings { oracle.hears(happening) }
        return oracle.verdict(at: Self.time(Double(ends)))
    }

    // MARK: - Changing it

    func with(_ seconds: Double, _ kind: Happening.Kind) -> SoundStory {
        var story = self
        let new = Self.happening(seconds, kind)
        let index = happenings.firstIndex { $0.at > new.at } ?? happenings.endIndex
        story.happenings.insert(new, at: index)
        return story
    }

    func without(_ isMeant: (Happening.Kind) -> Bool) -> SoundStory {
        var story = self
        story.happenings.removeAll { isMeant($0.kind) }
        return story
    }

    func changing(_ change: (inout Happening.Kind) -> Void) -> SoundStory {
        var story = self
        for index in story.happenings.indices { change(&story.happenings[index].kind) }
        return story
    }

    /// The same by the host's clock, which is so far behind.
    func heardBehind(_ span: Duration) -> SoundStory {
        var story = self
        for index in story.happenings.indices { story.happenings[index].at = happenings[index].at + span }
        return story
    }

    func changingPlan(_ change: @escaping (inout Plan) -> Void) -> SoundStory {
        changing { kind in
            guard case .record(let host, var record) = kind, case .planAdopted(var plan) = record.event else {
                return
            }
            change(&plan)
            record.event = .planAdopted(plan: plan)
            kind = .record(host, record)
        }
    }

    func configured(_ change: (inout Workload) -> Void) -> SoundStory {
        var (story, workload) = (self, Self.workload)
        change(&workload)
        story.premises = Premises(
            workloads: [workload], hosts: premises.hosts, isShared: premises.isShared,
            secrets: premises.secrets, calmSince: premises.calmSince)
        return story
    }

    /// The same with a lease, which `host-1` holds.
    var shared: SoundStory {
        var story = self
        story.premises = Premises(
            workloads: premises.workloads, hosts: [Self.host, "host-2"], isShared: true,
            secrets: premises.secrets, calmSince: premises.calmSince)
        return story.with(0, .lease(holder: Self.host, epoch: 1)).changing { kind in
            guard case .mutation(let host, var mutation) = kind else { return }
            (mutation.leaseValidUntil, mutation.trueHolder) = (Self.time(7200), Self.host)
            kind = .mutation(host, mutation)
        }
    }

    /// Everything up to a second, and then nothing more.
    func cut(after seconds: Double) -> SoundStory {
        var story = self
        story.happenings.removeAll { $0.at > Self.time(seconds) }
        return story
    }
}
