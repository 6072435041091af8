import Testing

@testable import AWS

@Suite("Times on the wire")
struct WallTimeTests {
    @Test(
        "are read in AWS's forms",
        arguments: [
            ("1970-01-01T00:00:00Z", 0.0), ("2026-01-02T03:04:05Z", 1_767_323_045),
            ("2026-01-02T03:04:05.678Z", 1_767_323_045.678), ("2026-01-02T04:04:05+01:00", 1_767_323_045),
            ("2026-01-01T22:04:05.000-0500", 1_767_323_045), ("2024-02-29T12:00:00Z", 1_709_208_000),
            ("2000-02-29T00:00:00Z", 951_782_400), ("1969-12-31T23:59:59Z", -1),
        ])
    func iso(text: String, seconds: Double) {
        #expect(WallTime(iso8601: text)?.unixSeconds == seconds)
    }

    @Test(
        "other texts are none",
        arguments: [
            "", "2026-01-02", "2026-13-02T03:04:05Z", "2026-02-29T00:00:00Z", "2026-01-02T24:00:00Z",
            "2026-01-02T03:04:05", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05Zx", "26-01-02T03:04:05Z",
            "2026-01-02 03:04:05Z", "2026-01-02T03:04:05.1234567890Z", "１026-01-02T03:04:05Z",
        ])
    func notISO(text: String) {
        #expect(WallTime(iso8601: text) == nil)
    }

    @Test("what is written is read back", arguments: Array(stride(from: -1e9, to: 5e9, by: 123_456_789.125)))
    func roundTrip(seconds: Double) throws {
        let time = WallTime(unixSeconds: seconds)
        let back = try #require(WallTime(iso8601: time.description))
        #expect(abs(back.unixSeconds - seconds) < 1e-6)
    }

    @Test("the Date header is read, and nothing else is taken for one")
    func httpDate() {
        #expect(WallTime(httpDate: "Fri, 02 Jan 2026 03:04:05 GMT")?.unixSeconds == 1_767_323_045)
        for text in [
            "", "Fri, 02 Jan 2026 03:04:05 CET", "02 Jan 2026 03:04:05 GMT", "Fri, 32 Jan 2026 03:04:05 GMT",
        ] {
            #expect(WallTime(httpDate: text) == nil)
        }
    }
}
