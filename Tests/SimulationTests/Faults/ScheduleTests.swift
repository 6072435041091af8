import Failover
import Testing

@testable import Simulation

@Suite struct ScheduleTests {
    private func schedules(_ count: UInt64) -> [Schedule] {
        (1...count).map { .drawn(from: Seed($0), for: .drawn(from: Seed($0)), start: World.start) }
    }

    @Test func everyKindIsDrawnSometimes() {
        let kinds = Set(schedules(2000).flatMap { $0.faults.map(\.kind) })
        #expect(Fault.Kind.allCases.filter { !kinds.contains($0) }.isEmpty)
    }

    @Test func aboutOneRunInSevenHasNothingThatAFailoverWouldAnswer() {
        let schedules = schedules(2000)
        let without = schedules.count { !$0.faults.contains(where: \.kind.isMainEvent) }
        #expect((220...370).contains(without))
    }

    @Test func everyThemeIsDrawnAndAboutHalfOfTheRunsHaveNone() {
        let themes = (1...2000).map { Theme.drawn(from: Seed($0)) }
        #expect(Set(themes).count == Theme.allCases.count)
        #expect((800...1050).contains(themes.count { $0 == .none }))
    }

    @Test func aRunAboutTakeoversHasSeveralHostsAndALease() {
        for seed in (1...300).map({ Seed($0) }) where Theme.drawn(from: seed) == .takeover {
            let layout = Layout.drawn(from: seed)
            #expect(layout.hosts.count > 1 && layout.leaseTerms != nil)
            #expect(Set(layout.hosts.map(\.id)).count == layout.hosts.count)
        }
    }

    @Test func whatDoesNotLastForGoodEndsBeforeTheCalm() {
        for schedule in schedules(300) {
            for fault in schedule.faults where fault.until < .distantFuture {
                #expect(fault.until <= schedule.calmFrom && fault.from >= World.start)
                #expect(fault.from <= fault.until && (0...1).contains(fault.rate))
            }
        }
    }

    @Test func theCalmBeginsWhenTheLastOfThemHasEnded() {
        for schedule in schedules(300) {
            let ends = schedule.faults.filter { $0.until < .distantFuture }.map(\.until)
            #expect(schedule.calmSince <= schedule.calmFrom)
            #expect(ends.allSatisfy { $0 <= schedule.calmSince })
        }
    }

    @Test func someWorkloadsHaveMaintenanceWindowsAndFleetBrakesDiffer() {
        let layouts = (1...300).map { Layout.drawn(from: Seed($0)) }
        let windows = layouts.flatMap(\.workloads).flatMap(\.policy.maintenance)
        #expect(windows.count > 10)
        #expect(windows.allSatisfy { $0.duration > .zero && (0..<1440).contains($0.startMinute) })
        #expect(Set(layouts.map(\.fleetBrake.atLeast)).count == 3)
    }

    @Test func whateverComesBackIsToBeFenced() {
        for seed in (1...300).map({ Seed($0) }) where Theme.drawn(from: seed) == .comeback {
            #expect(Layout.drawn(from: seed).databases.allSatisfy { $0.database.fencing.method != .none })
        }
    }

    @Test func faultsAreNumberedInTheirOrder() {
        for schedule in schedules(300) {
            #expect(schedule.faults.map(\.index) == Array(schedule.faults.indices))
            #expect(schedule.faults.map(\.from) == schedule.faults.map(\.from).sorted())
        }
    }
}
