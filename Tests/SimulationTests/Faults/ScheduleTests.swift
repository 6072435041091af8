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

    @Test func aboutAThirdOfTheRunsHasNothingThatAFailoverWouldAnswer() {
        let schedules = schedules(2000)
        let without = schedules.count { !$0.faults.contains(where: \.kind.isMainEvent) }
        #expect((500...800).contains(without))
    }

    @Test func whatDoesNotLastForGoodEndsBeforeTheCalm() {
        for schedule in schedules(300) {
            for fault in schedule.faults where fault.until < .distantFuture {
                #expect(fault.until <= schedule.calmFrom && fault.from >= World.start)
                #expect(fault.from <= fault.until && (0...1).contains(fault.rate))
            }
        }
    }

    @Test func faultsAreNumberedInTheirOrder() {
        for schedule in schedules(300) {
            #expect(schedule.faults.map(\.index) == Array(schedule.faults.indices))
            #expect(schedule.faults.map(\.from) == schedule.faults.map(\.from).sorted())
        }
    }
}
