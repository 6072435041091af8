import SigV4
import Testing

@Suite("Signing time is the proleptic Gregorian calendar in UTC")
struct SigningTimeTests {
    @Test("Every day from 1970 to 2400 follows the day before it")
    func everyDayFollowsTheOneBefore() {
        var (year, month, day) = (1970, 1, 1)
        var number: Int64 = 0
        while year <= 2400 {
            let stamp = SigningTime(unixSeconds: number * 86_400 + 86_399).dateStamp
            guard Int(stamp) == year * 10_000 + month * 100 + day, stamp.count == 8 else {
                Issue.record("day \(number) is \(stamp), not \(year)-\(month)-\(day)")
                return
            }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
            number += 1
        }
        #expect(number > 157_000)
    }

    @Test("Every second of a day is written out")
    func everySecondOfADay() {
        let midnight: Int64 = 1_709_164_800
        for second in 0..<86_400 {
            let text = SigningTime(unixSeconds: midnight + Int64(second)).amzDate
            let clock = Int(text.dropFirst(9).dropLast())
            guard clock == second / 3600 * 10_000 + second / 60 % 60 * 100 + second % 60,
                text.utf8.count == 16,
                text.hasPrefix("20240229T"), text.hasSuffix("Z")
            else {
                Issue.record("second \(second) is written \(text)")
                return
            }
        }
    }

    @Test(
        "Moments around the edges",
        arguments: [
            (-1, "19691231T235959Z"), (-86_400, "19691231T000000Z"), (-86_401, "19691230T235959Z"),
            (-2_203_891_200, "19000301T000000Z"), (-2_203_891_201, "19000228T235959Z"),
            (253_402_300_799, "99991231T235959Z"), (-62_135_596_800, "00010101T000000Z"),
            (-62_167_219_200, "00000101T000000Z"), (-62_167_219_201, "-00011231T235959Z"),
        ] as [(Int64, String)])
    func edges(seconds: Int64, text: String) {
        #expect(SigningTime(unixSeconds: seconds).amzDate == text)
    }

    @Test("The extremes of the type do not trap", arguments: [Int64.min, Int64.max])
    func extremes(seconds: Int64) {
        #expect(SigningTime(unixSeconds: seconds).amzDate.hasSuffix("Z"))
    }
}
