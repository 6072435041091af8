import Failover
import Testing

@testable import Simulation

@Suite("What is worked out from a timeline")
struct IncidentWorldTests {
    private func incident(_ timeline: String, _ more: String = "") throws -> Incident {
        try IncidentReader.read(
            "title: t\nsource: s\nwhy: w\nfailover: wrong\nlength: 1h\n\(more)\ntimeline:\n\(timeline)\n",
            file: "t.yaml")
    }

    private func course(_ timeline: String, _ more: String = "") throws -> DatabaseCourse {
        let incident = try incident(timeline, more)
        return DatabaseCourse(incident, workload: incident.workloads[0], database: "db")
    }

    @Test("a pulse comes back, and an ending event ends it")
    func pulses() throws {
        let track = try course(
            "  - { at: 1m, for: 10s, every: 1m, what: gray }\n  - { at: 3m, what: database-up }"
        )
        .track
        let hung = [59, 60, 69, 70, 125, 179, 180, 185].map { track.at(.seconds($0)).writesHang }
        #expect(hung == [false, true, true, false, true, false, false, false])
    }

    @Test("a cut has two sides, and a whole side covers its parts")
    func cuts() throws {
        let now = try course("  - { at: 0s, what: cut, between: [host, primary] }").track.at(.zero)
        #expect(now.isCut(.host, .primaryDatabase) && now.isCut(.primaryAPI, .host))
        #expect(!now.isCut(.checkers, .primaryDatabase) && !now.isCut(.primaryDatabase, .standbyDatabase))
        let alone = try course("  - { at: 0s, what: host-isolated }").track.at(.zero)
        #expect(alone.isCut(.host, .standbyAPI) && alone.isCut(.host, .primaryDatabase))
        #expect(!alone.isCut(.primaryDatabase, .standbyDatabase))
    }

    @Test("checkers notice within half a minute, call it unhealthy after three failures, and publish later")
    func checkers() throws {
        let course = try course("  - { at: 10m, what: region-down }")
        #expect(course.panel.look(at: 599).healthy)
        #expect(!course.panel.look(at: 630).healthy)
        #expect(course.panel.isHealthy(at: 650))
        #expect(!course.panel.isHealthy(at: 695))
        let first = try #require(course.healthSamples.first { $0.value < 1 })
        #expect(first.at >= 600 && first.published >= first.at + 120)
    }

    @Test("half of the checkers failing is healthy still, and proof of life is as old as the last success")
    func split() throws {
        let course = try course("  - { at: 10m, what: checkers, failing: 6, of: 8 }")
        #expect(course.panel.isHealthy(at: 1200))
        #expect(course.panel.look(at: 1200).healthy)
        let most = try self.course("  - { at: 10m, what: checkers, failing: 7, of: 8 }")
        #expect(!most.panel.isHealthy(at: 1200))
    }

    @Test("what is lost is what was committed and had not arrived, and it stops growing with the primary")
    func loss() throws {
        let course = try course("  - { at: 0s, what: lag, is: 3m }\n  - { at: 10m, what: database-down }")
        #expect(course.loss(at: 590) == .seconds(180))
        #expect(course.loss(at: 1800) >= .seconds(178) && course.loss(at: 1800) <= .seconds(180))
        let alive = try self.course("  - { at: 10m, what: region-unreachable }")
        #expect(alive.loss(at: 1200) >= .seconds(599), "inside, clients go on writing")
        let quiet = try self.course("  - { at: 0s, what: idle }\n  - { at: 10m, what: region-down }")
        #expect(quiet.loss(at: 1200) == .zero)
    }

    @Test("the lag metric climbs when idle on RDS only, grows after a death, and is -1 when AWS says so")
    func lagMetric() throws {
        let idle = "  - { at: 0s, what: idle }"
        #expect(try course(idle).lagSamples.contains { $0.value > 250 && $0.value <= 300 })
        #expect(try course(idle, "engine: aurora").lagSamples.allSatisfy { $0.value < 1 })
        let dead = try course("  - { at: 10m, what: region-down }").lagSamples
        #expect(dead.last.map { $0.value > 2000 } == true)
        #expect(try course("  - { at: 10m, what: replica-broken }").lagSamples.last?.value == -1)
        #expect(try course("  - { at: 10m, what: metrics-missing }").lagSamples.allSatisfy { $0.at < 600 })
    }

    @Test("a witness says what is put into its mouth, and nothing else changes")
    func testimony() throws {
        let incident = try incident("  - { at: 1m, witness: control-plane, says: silent }")
        let onlooker = Cast(incident).members[0].onlookers[0]
        func reading(_ second: Int, _ slot: Slot) -> Fact? {
            onlooker.reports(at: second, closer: false, promoted: false).map(\.fact).first { $0.slot == slot }
        }
        #expect(reading(59, .primaryDatabase)?.unknownReason == nil)
        #expect(reading(60, .primaryDatabase)?.unknownReason == .silent)
        #expect(reading(60, .primaryProbe)?.unknownReason == nil)
    }

    @Test("a policy's departures reach the machine, and us-east-1 does without the checkers")
    func policies() throws {
        let more = "primary: us-east-1\npolicy: { quorum: 2, confirmation_window: 30s }"
        let policy = Cast(try incident("  []", more)).members[0].workload.policy
        #expect(policy.quorum == 2 && policy.confirmationWindow == .seconds(30))
        #expect(!policy.witnesses.contains(.route53))
        let window = "priority: 70\npolicy: { maintenance: [{ at: 90m, for: 30m }] }"
        let workload = Cast(try incident("  []", window)).members[0].workload
        #expect(workload.priority == 70)
        // Timelines begin on Thursday, 2026-01-01, at midnight.
        #expect(
            workload.policy.maintenance
                == [MaintenanceWindow(days: [.thu], startMinute: 90, duration: .seconds(1800))])
    }
}
