import Testing

@testable import Failover

@Suite("Timestamps and durations")
struct TimestampTests {
    @Test("print and parse")
    func known() {
        let cases: [(Int64, String)] = [
            (0, "1970-01-01T00:00:00.000Z"), (1_767_322_445_678, "2026-01-02T02:54:05.678Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        ]
        for (milliseconds, text) in cases {
            #expect(Timestamp(milliseconds: milliseconds).description == text)
            #expect(Timestamp(text)?.milliseconds == milliseconds)
        }
    }

    @Test("ten thousand instants of the years 0000 to 9999 come back as they were")
    func roundTrip() {
        var random = SplitMix64(seed: 1)
        for _ in 0..<10_000 {
            let instant = Timestamp(
                milliseconds: .random(in: -62_167_219_200_000...253_402_300_799_999, using: &random))
            #expect(Timestamp(instant.description) == instant)
        }
    }

    @Test(
        "fractions of any length are read to the millisecond",
        arguments: [
            ("2026-01-01T00:00:00Z", 0), ("2026-01-01T00:00:00.5Z", 500), ("2026-01-01T00:00:00.25z", 250),
            ("2026-01-01T00:00:00.1239999999999999999999Z", 123),
        ])
    func fractions(text: String, milliseconds: Int64) {
        #expect(Timestamp(text).map { $0.milliseconds % 1000 } == milliseconds)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "Z", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00+00:00", "2026-1-1T0:0:0Z",
            "2026-02-30T00:00:00Z", "2025-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.+1Z",
            "2026-01-01T00:00:00.1x2Z",
            "2026-01-01T00:00:00.123xZ", "+026-01-01T00:00:00Z", "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:0０Z",
            "2026-01-01T00:00:00.000Z\n", " 2026-01-01T00:00:00Z", "99999-01-01T00:00:00Z",
        ])
    func refused(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(
        "durations are told as people say them",
        arguments: [
            (0, "0 ms"), (850, "850 ms"), (4249, "4.2 s"), (10_000, "10 s"), (75_000, "75 s"),
            (120_000, "2 min"),
            (190_000, "3 min 10 s"), (7_200_000, "2 h"), (7_500_000, "2 h 5 min"), (-75_000, "-75 s"),
        ])
    func durations(milliseconds: Int64, text: String) {
        #expect(Duration.milliseconds(milliseconds).text == text)
    }

    @Test("durations come back from milliseconds and seconds as they went in")
    func durationRoundTrip() {
        var random = SplitMix64(seed: 2)
        for _ in 0..<10_000 {
            let milliseconds = Int64.random(in: -4_000_000_000...4_000_000_000, using: &random)
            let duration = Duration.milliseconds(milliseconds)
            #expect(duration.milliseconds == milliseconds)
            #expect(Int64((duration.inSeconds * 1000).rounded()) == milliseconds)
        }
    }
}
