import Failover
import Testing

@testable import Simulation

@Suite struct WorldTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func oneSeedHasOneLog(_ value: UInt64) {
        #expect(Simulation.run(seed: Seed(value)).log == Simulation.run(seed: Seed(value)).log)
    }

    @Test func anotherSeedHasAnotherLog() {
        #expect(Simulation.run(seed: Seed(1)).log != Simulation.run(seed: Seed(2)).log)
    }

    @Test(arguments: [11, 12, 13, 14, 15, 16, 17, 18] as [UInt64])
    func withoutFaultsNobodyFailsOver(_ value: UInt64) {
        let report = Simulation.run(seed: Seed(value), options: SimulationOptions(withoutFaults: true))
        #expect(report.violations.isEmpty)
        #expect(report.statistics.commits > 0 && report.statistics.commitsLost == 0)
        for happening in report.happenings {
            if case .effect(let effect) = happening.kind { Issue.record("\(effect)") }
        }
    }

    @Test func aFaultThatIsMaskedDoesNotHappen() {
        let seed = Seed(8)
        let all = Set(Simulation.run(seed: seed).faults.map(\.index))
        let report = Simulation.run(seed: seed, options: SimulationOptions(mask: all.subtracting([0])))
        let begun = report.happenings.compactMap { happening -> Int? in
            guard case .fault(let fault, true) = happening.kind else { return nil }
            return fault.index
        }
        #expect(begun == [0])
    }

    /// Seeds whose only fault is a primary that dies for good, with a policy that lets the failover happen.
    @Test func aDeadPrimaryIsFailedOverAndClientsFollow() throws {
        var completed = 0
        for value in UInt64(1)...60 {
            let seed = Seed(value)
            let layout = Layout.drawn(from: seed)
            let faults = Schedule.drawn(from: seed, for: layout, start: World.start).faults
            let death = faults.first { $0.kind == .regionDead && $0.until == .distantFuture }
            guard let death, layout.workloads.count == 1, layout.workloads[0].policy.mode == .automatic
            else { continue }
            let mask = Set(faults.map(\.index)).subtracting([death.index])
            let report = Simulation.run(seed: seed, options: SimulationOptions(mask: mask))
            #expect(report.violations.isEmpty)
            completed += report.statistics.failoversCompleted
        }
        #expect(completed > 0)
    }

    @Test func hostsAndWorkloadsThatAreLeftOutAreNotThere() throws {
        let seed = try #require(
            (1...200).map { Seed($0) }.first { seed in
                let layout = Layout.drawn(from: seed)
                return layout.hosts.count == 2 && layout.workloads.count == 2
            })
        let options = SimulationOptions(without: ["h2", "w1"])
        let report = Simulation.run(seed: seed, options: options)
        #expect(report.cast == ["h1", "w2"])
        #expect(report.violations.isEmpty)
        for happening in report.happenings {
            if case .record(let host, let record) = happening.kind {
                #expect(host == "h1" && record.workload != "w1")
            }
        }
        let all = Simulation.run(seed: seed, options: SimulationOptions(without: ["h1", "h2", "w1", "w2"]))
        #expect(all.cast == ["h1", "w1"])
    }

    /// A message from outside makes the controller look, and never more than that.
    @Test func alarmsAloneStartNothing() {
        var (alarms, nudges) = (0, 0)
        for value in UInt64(1)...400 {
            let seed = Seed(value)
            let faults = Schedule.drawn(from: seed, for: .drawn(from: seed), start: World.start).faults
            guard let alarm = faults.first(where: { $0.kind == .alarms }), alarms < 40 else { continue }
            let mask = Set(faults.map(\.index)).subtracting([alarm.index])
            let report = Simulation.run(seed: seed, options: SimulationOptions(mask: mask))
            #expect(report.violations.isEmpty)
            for happening in report.happenings {
                if case .alarm = happening.kind { alarms += 1 }
                if case .effect(let effect) = happening.kind { Issue.record("\(effect)") }
                guard case .record(_, let record) = happening.kind else { continue }
                if case .nudged = record.event { nudges += 1 }
                if case .phaseChanged = record.event { Issue.record("seed \(value): \(record.event)") }
            }
        }
        #expect(alarms >= 40 && nudges > 0 && nudges <= alarms)
    }
}
