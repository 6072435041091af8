import Failover
import Testing

@testable import Simulation

/// The scenarios of hosts and restarts in the simulator, each with its own trouble and no other.
@Suite("Hosts in the simulator") struct HostRunTests {
    @Test("H1: of several hosts that see a primary die one fails it over, with one lease")
    func oneOfSeveral() throws {
        for play in try Scene(troubles: [.loss()], hosts: .several).plays(3) {
            play.failedOverOnce()
            #expect(Set(play.sent.map(\.host)) == [play.leases.first?.host], "\(play)")
            #expect(play.leases.count == 1, "\(play)")
        }
    }

    @Test("H1: where the leader stops as it decides, another one fails over, and it alone")
    func decidedTwice() throws {
        for calm in try Scene(troubles: [.loss()], hosts: .several).plays(3) {
            let leader = try #require(calm.leases.first?.host)
            let number = try #require(calm.stage.layout.hosts.firstIndex { $0.id == leader })
            let decided = try #require(calm.plans.first).since
            let play = calm.again(with: [
                Trouble(.pause, .host(number), from: decided - .milliseconds(1), lasts: .seconds(90))
            ])
            play.failedOverOnce()
            let hosts = Set(play.sent.filter(\.what.promotes).map(\.host))
            #expect(hosts.count == 1 && !hosts.contains(leader), "\(hosts): \(play)")
        }
    }

    @Test("H2: a leader that stands still past its lease is followed, and sends nothing when it wakes")
    func paused() throws {
        for calm in try Scene(troubles: [.loss()], hosts: .several).plays(3) {
            let leader = try #require(calm.leases.first?.host)
            let number = try #require(calm.stage.layout.hosts.firstIndex { $0.id == leader })
            let intent = try #require(calm.begun(\.promotes).first).since
            let play = calm.again(with: [
                Trouble(
                    .pause, .host(number), from: intent + .milliseconds(1), lasts: .seconds(90))
            ])
            play.failedOverOnce()
            let asleep = World.start + intent
            #expect(play.leases.contains { $0.at > asleep && $0.host != leader }, "\(play)")
            #expect(!play.sent.contains { $0.at > asleep && $0.host == leader }, "\(play)")
            #expect(play.sent.contains { $0.at > asleep && $0.what.promotes }, "\(play)")
        }
    }

    @Test("H3: without the lease's store nothing is begun, and once it answers the failover is made")
    func noLease() throws {
        let down = Trouble(.leaseStoreDown, .host(0), from: .seconds(100), lasts: .seconds(700))
        for play in try Scene(troubles: [down, .loss()], hosts: .one).plays(3) {
            let without = Duration.seconds(115)..<Duration.seconds(800)
            #expect(!play.sent.contains { without.contains($0.since) }, "\(play)")
            #expect(!play.events.contains { without.contains($0.since) }, "\(play)")
            play.failedOverOnce()
        }
    }

    /// A process that runs counts by what it knows already: it starts anew, and can ask nobody for the time.
    @Test("H5: a host whose clock is off by twenty minutes takes nobody's lease", arguments: [0.0, 1.0])
    func skew(rate: Double) throws {
        for calm in try Scene(troubles: [.nothing(at: .seconds(600))], hosts: .several).plays(2) {
            let leader = try #require(calm.leases.first?.host)
            let other = try #require(calm.stage.layout.hosts.firstIndex { $0.id != leader })
            let play = calm.again(with: [
                Trouble(.isolated, .host(other), from: .seconds(120), lasts: .seconds(60)),
                Trouble(.clockStep, .host(other), from: .seconds(121), lasts: .zero, rate: rate),
                Trouble(.crash, .host(other), from: .seconds(122), lasts: .zero),
            ])
            #expect(play.hosts.count { $0.what == .started } == play.stage.layout.hosts.count + 1, "\(play)")
            #expect(play.leases.count == 1, "\(play)")
            play.cameToNothing()
        }
    }

    @Test("H7: however often it starts again, it fails over once, with one try of a step for each start")
    func restarts() throws {
        for calm in try Scene(troubles: [.loss()]).plays(2) {
            let intent = try #require(calm.begun(\.promotes).first).since
            let crashes = (0..<6).map { number in
                Trouble(.crash, .host(0), from: intent + .milliseconds(1 + 25_000 * number), lasts: .zero)
            }
            let play = calm.again(with: crashes)
            play.failedOverOnce()
            let starts = play.hosts.filter { $0.what == .started }
            #expect(play.report.statistics.crashes == 6 && starts.count == 7, "\(play)")
            let tries = play.begun(\.promotes)
            for (start, end) in zip(starts, starts.dropFirst().map(\.at) + [.distantFuture]) {
                let here = tries.filter { $0.at >= start.at && $0.at < end }.map(\.what)
                #expect(Set(here).count == here.count, "\(here): \(play)")
            }
            #expect(play.sent.count { $0.what.promotes } == play.stage.standbys.count, "\(play)")
        }
    }

    @Test("H9: answers that take seconds delay no renewal of the lease, and are no outage")
    func slow() throws {
        let slow = Trouble(.slow, .primaryRegion(nil), from: .seconds(120), lasts: .seconds(600))
        let scene = Scene(
            troubles: [slow], hosts: .several, fits: { $0.tableRegion != $0.workloads[0].primaryRegion })
        for play in try scene.plays(3) {
            #expect(play.leases.count == 1, "\(play)")
            #expect(play.voted(.probe, .failed) && !play.verdicts.contains(.failed), "\(play)")
            play.cameToNothing()
        }
    }

    @Test("H9: an endpoint that never answers delays no decision that does not need it")
    func hanging() throws {
        let scene = Scene(
            troubles: [.loss()],
            set: { $0.workloads[0].policy.witnesses = [.controlPlane, .replication, .probe] },
            fits: { $0.workloads[0].primaryRegion != .global })
        for calm in try scene.plays(2) {
            let planned = try #require(calm.plans.first)
            let play = calm.again(with: [
                Trouble(
                    .cutThere, .region(.global, "cloudwatch"), from: .seconds(60),
                    lasts: planned.since + .seconds(60))
            ])
            play.failedOverOnce()
            #expect(play.differs(from: calm), "\(play)")
            let late = try #require(play.plans.first).at - planned.at
            #expect(late <= (planned.since - .seconds(120)) / 10, "\(late): \(play)")
        }
    }
}
