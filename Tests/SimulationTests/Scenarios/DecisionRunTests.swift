import Failover
import Testing

@testable import Simulation

/// The scenarios of the decision in the simulator, each with its own trouble and no other.
@Suite("Decisions in the simulator") struct DecisionRunTests {
    /// A replica that is too slow, is cut off, or has stopped on an error: one after the other.
    @Test(
        "C1: a replica that lags beyond the agreed loss is not promoted, and people are told why",
        arguments: [0, 1, 2])
    func lag(_ before: Int) throws {
        let scene = Scene(
            troubles: [Trouble](repeating: .nothing(), count: before) + [
                Trouble(.lagGrows, .standby, from: .seconds(60), lasts: .seconds(1500)),
                .loss(at: .seconds(700)),
            ],
            set: { $0.workloads[0].policy.maximumDataLoss = .seconds(60) },
            fits: { $0.workloads[0].databases.count == 1 })
        for play in try scene.plays(2) {
            #expect(play.plans.isEmpty && play.sent.isEmpty && play.effects.isEmpty, "\(play)")
            #expect(play.phase == .blocked, "\(play)")
            let closed = try #require(play.assessments.last).what.closedGates
            #expect(closed.contains(.lag), "\(closed): \(play)")
            #expect(play.told.contains { $0.what.kind == .blocked }, "\(play)")
        }
    }

    @Test(
        "C3: a standby that is being upgraded or is headless is not taken, with the reason",
        arguments: zip(["standby-being-upgraded", "headless-standby"], ["is upgrading", "is headless"]))
    func unfitStandby(_ name: String, because: String) throws {
        let timeline = try Timeline(name)
        #expect(timeline.calls.isEmpty)
        #expect(timeline.notices.contains { $0.kind == .blocked })
        #expect(timeline.closed[.target]?.contains(because) == true)
    }

    @Test("C4: what AWS recovers itself within its time is left to AWS")
    func multiAZ() throws {
        let scene = Scene(troubles: [
            Trouble(.multiAZ, .primary, from: .seconds(120), lasts: .seconds(90))
        ])
        for play in try scene.plays(3) {
            #expect(play.verdicts.contains(.providerRecovering), "\(play)")
            play.cameToNothing()
        }
    }

    /// A reboot may take as long as AWS's own recovery may, an upgrade as long as it takes.
    @Test("C5: planned work is waited for", arguments: [150, 900])
    func plannedWork(_ seconds: Int) throws {
        let number = seconds == 150 ? 0 : 1
        let scene = Scene(
            troubles: [Trouble](repeating: .nothing(), count: number) + [
                Trouble(.maintenance, .primary, from: .seconds(120), lasts: .seconds(seconds))
            ], fits: { $0.workloads[0].databases.count == 1 })
        for play in try scene.plays(2) {
            #expect(play.verdicts.contains(.providerRecovering), "\(play)")
            play.cameToNothing()
        }
    }

    @Test("C5: on hold nothing starts, though everything else says that it should; afterwards it does")
    func hold() throws {
        for calm in try Scene(troubles: [.loss()]).plays(2) {
            let planned = try #require(calm.plans.first).since
            let play = calm.again(with: [
                Trouble(.operatorHold, .asked(host: 0), from: planned - .seconds(20), lasts: .zero)
            ])
            #expect(play.assessments.contains { $0.what.closedGates == [.hold] }, "\(play)")
            // It is released 300 s later.
            #expect(play.plans.allSatisfy { $0.since >= planned + .seconds(280) }, "\(play)")
            play.failedOverOnce()
        }
    }

    @Test("C5: in a maintenance window nothing starts by itself, and people are told why")
    func window() throws {
        let scene = Scene(
            troubles: [.loss()],
            set: { layout in
                // Runs begin on a Thursday, at midnight.
                layout.workloads[0].policy.maintenance = [
                    MaintenanceWindow(days: [.thu], startMinute: 0, duration: .seconds(900))
                ]
            })
        for play in try scene.plays(2) {
            #expect(play.assessments.contains { $0.what.closedGates == [.maintenance] }, "\(play)")
            #expect(play.told.contains { $0.what.kind == .blocked }, "\(play)")
            // But for what the host's clock is off by.
            #expect(play.plans.allSatisfy { $0.since > .seconds(898) }, "\(play)")
            play.failedOverOnce()
        }
    }

    @Test("C6: a primary that comes and goes more quickly than the window is left where it is")
    func flickering() throws {
        let troubles = (0..<8).map { number in
            Trouble(.instanceDead, .primary, from: .seconds(120 + 80 * number), lasts: .seconds(25))
        }
        for play in try Scene(troubles: troubles).plays(2) {
            #expect(play.voted(.probe, .failed), "\(play)")
            play.cameToNothing()
        }
    }

    @Test("C6: a primary that comes and goes for long is failed over once")
    func flapping() throws {
        let troubles = (0..<5).map { number in
            Trouble(
                .dataPlaneDown, .primaryRegion(nil), from: .seconds(120 + 700 * number), lasts: .seconds(600))
        }
        for play in try Scene(troubles: troubles).plays(2) { play.failedOverOnce() }
    }

    @Test("C7: of many that are lost together, no more fail over at once than configured, important first")
    func capacity() throws {
        let scene = Scene(
            troubles: [.loss()], workloads: 4,
            set: { layout in
                layout.maxConcurrentFailovers = 2
                for index in layout.workloads.indices { layout.workloads[index].priority = 20 * index }
            })
        for play in try scene.plays(2) {
            let course = Course(play)
            #expect(course.most == 2, "\(play)")
            #expect(course.haveWaited && course.overtaken.isEmpty, "\(course.overtaken): \(play)")
            #expect(course.completed == play.stage.layout.workloads.count, "\(play)")
        }
    }

    @Test("C8: that the whole fleet has failed at once, with no Region to explain it, is not believed")
    func brake() throws {
        let scene = Scene(
            troubles: [.loss(.instanceDead)], workloads: 4,
            set: { layout in
                layout.fleetBrake = FleetBrake(share: 0.5, within: .seconds(180), atLeast: 3)
                // In two Regions, and two are never lost at once.
                for index in layout.workloads.indices where index % 2 == 1 {
                    for place in layout.workloads[index].databases.indices {
                        layout.workloads[index].databases[place].primary.region = "ap-northeast-1"
                    }
                }
            })
        for play in try scene.plays(2) {
            #expect(play.sent.isEmpty && play.effects.isEmpty, "\(play)")
            #expect(play.assessments.contains { $0.what.closedGates == [.fleet] }, "\(play)")
            #expect(play.told.contains { $0.what.kind == .blocked }, "\(play)")
        }
    }

    @Test("C10: with us-east-1 and everything that only it has lost, what ran there fails over")
    func usEast1() throws {
        let scene = Scene(troubles: [.loss()], fits: { $0.workloads[0].primaryRegion == .global })
        for play in try scene.plays(2) {
            play.failedOverOnce()
            let needed = play.sent.filter { $0.what.region == .global && !$0.what.closes }
            #expect(needed.isEmpty, "\(needed): \(play)")
        }
    }
}

/// How the failovers of several workloads went beside each other.
private struct Course {
    /// How many ran at once at most.
    private(set) var most = 0
    private(set) var completed = 0
    /// Who began while a more important one waited for nothing but its turn.
    private(set) var overtaken: [WorkloadID] = []
    private(set) var haveWaited = false
    private var running: Set<WorkloadID> = []
    private var waiting: Set<WorkloadID> = []

    init(_ play: Play) {
        let priority = Dictionary(
            uniqueKeysWithValues: play.stage.layout.workloads.map { ($0.id, $0.priority) })
        for happening in play.report.happenings {
            guard case .record(_, let record) = happening.kind, let id = record.workload else { continue }
            switch record.event {
            case .phaseChanged(_, let to, _, let assessment):
                if to == .failedOver { completed += 1 }
                if to == .failingOver { running.insert(id) } else { running.remove(id) }
                most = max(most, running.count)
                waitsForItsTurn(id, assessment)
                guard to == .failingOver else { continue }
                let first = waiting.contains { (priority[$0] ?? 0) > (priority[id] ?? 0) }
                if first { overtaken.append(id) }
            case .assessed(let assessment):
                waitsForItsTurn(id, assessment)
            default: break
            }
        }
    }

    private mutating func waitsForItsTurn(_ id: WorkloadID, _ assessment: Assessment) {
        if assessment.closedGates == [.capacity] {
            waiting.insert(id)
            haveWaited = true
        } else {
            waiting.remove(id)
        }
    }
}
