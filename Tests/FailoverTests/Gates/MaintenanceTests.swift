import Testing

@testable import Failover

@Suite("Maintenance windows")
struct MaintenanceTests {
    /// 2026-01-01 is a Thursday.
    private func window(
        _ days: [MaintenanceWindow.Weekday], _ startMinute: Int, _ hours: Int
    ) -> MaintenanceWindow {
        MaintenanceWindow(days: days, startMinute: startMinute, duration: .seconds(3600 * hours))
    }

    @Test("are weekly, in UTC, from the first minute on and not over the last")
    func weekly() throws {
        let night = window([.sun, .thu], 120, 2)
        for (text, isOpen) in [
            ("2026-01-01T01:59:59.999Z", false), ("2026-01-01T02:00:00Z", true),
            ("2026-01-01T03:59:59.999Z", true), ("2026-01-01T04:00:00Z", false),
            ("2026-01-02T02:30:00Z", false), ("2026-01-04T02:30:00Z", true),
            ("1969-12-28T02:30:00Z", true), ("2026-01-08T02:30:00Z", true),
        ] {
            #expect((night.end(at: try #require(Timestamp(text))) != nil) == isOpen, "\(text)")
        }
    }

    @Test("reach over midnight")
    func overMidnight() throws {
        let late = window([.wed], 1380, 3)
        let end = late.end(at: try #require(Timestamp("2026-01-01T01:30:00Z")))
        #expect(end?.description == "2026-01-01T02:00:00.000Z")
        #expect(late.end(at: try #require(Timestamp("2026-01-02T01:30:00Z"))) == nil)
    }

    @Test("C5: in one a confirmed failure is told and not acted on; at its end it is, by itself")
    func blocks() {
        let workload = Workload.shop().with { $0.maintenance = [window([.thu], 0, 1)] }
        var world = World([workload])
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(300))
        #expect(world.phase == .blocked)
        #expect(world.assessment?.closedGates == [.maintenance])
        #expect(
            world.gate(.maintenance)?.because
                == "in a maintenance window until 2026-01-01T01:00:00.000Z; it opens by itself then")
        world.run(.seconds(3300), pace: .seconds(10))
        #expect(world.phase == .failingOver)
    }

    @Test("a person's word passes over it")
    func overridden() {
        let workload = Workload.shop().with { $0.maintenance = [window([.thu], 0, 1)] }
        var world = LostRegionTests.confirmed([workload])
        #expect(world.ask(.failover)?.isAccepted == true)
    }
}
