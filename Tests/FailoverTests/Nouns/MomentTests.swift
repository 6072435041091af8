import Testing

@testable import Failover

@Suite struct MomentTests {
    private static let now = Timestamp("2026-03-04T05:06:07.890Z")

    @Test(arguments: [
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"),
        ("2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678Z"),
        ("2026-01-02T03:04:05", "2026-01-02T03:04:05.000Z"),
        ("2026-01-02 03:04:05z", "2026-01-02T03:04:05.000Z"),
        ("2026-01-02T03:04", "2026-01-02T03:04:00.000Z"),
        ("2026-01-02T11:04:05.5+08:00", "2026-01-02T03:04:05.500Z"),
        ("2026-01-01T23:34:05-03:30", "2026-01-02T03:04:05.000Z"),
        ("now", "2026-03-04T05:06:07.890Z"), ("-10m", "2026-03-04T04:56:07.890Z"),
        ("-1h30m", "2026-03-04T03:36:07.890Z"), ("-2d", "2026-03-02T05:06:07.890Z"),
        ("90s ago", "2026-03-04T05:04:37.890Z"),
    ])
    func whatPeopleTypeIsRead(text: String, meant: String) throws {
        let moment = Moment.read(text, now: try #require(Self.now))
        #expect(moment?.description == meant)
    }

    @Test(arguments: [
        "", "-", "yesterday", "10m", "-10", "-10x", "-5m1h", "-5m5m", "2026-13-02T03:04:05Z",
        "2026-01-02T03:04:05+24:00", "2026-01-02T25:04Z", "2026-01-02", "-9999999d", " ago", "-1.5h",
        "2026-01-02T03:04:05 +08:00 UTC", "２０２６-01-02T03:04:05Z",
    ])
    func anythingElseIsRefused(text: String) throws {
        #expect(Moment.read(text, now: try #require(Self.now)) == nil)
    }
}
