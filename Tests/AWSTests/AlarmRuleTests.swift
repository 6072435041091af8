import Testing

@testable import AWS

@Suite("The rule of a composite alarm")
struct AlarmRuleTests {
    private static let arn = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:"

    @Test(
        "names the alarms that decide",
        arguments: [
            ("ALARM(cpu)", ["cpu"]), ("ALARM( \"cpu\" )", ["cpu"]), ("ok(cpu)", ["cpu"]),
            ("ALARM (two words )", ["two words"]), ("ALARM(\"a, (b)\")", ["a, (b)"]),
            ("ALARM(\(arn)cpu)", ["cpu"]), ("INSUFFICIENT_DATA(\"\(arn)orders: all\")", ["orders: all"]),
            ("ALARM(arn:of:nothing)", ["arn:of:nothing"]), ("ALARM(größe) OR ALARM(日本)", ["größe", "日本"]),
            ("ALARM(a) AND NOT ALARM(b)", ["a", "b"]), ("NOT(ALARM(a))", ["a"]),
            ("(ALARM(a) OR ALARM(b)) AND OK(c)", ["a", "b", "c"]),
            ("((ALARM(a)\n AND\t(NOT OK(b) OR ((ALARM(c))))))", ["a", "b", "c"]),
            ("ALARM(a) OR ALARM(a)", ["a"]), ("ALARM(AND) OR ALARM(\"TRUE\")", ["AND", "TRUE"]),
            ("AT_LEAST(2, ALARM, (a, \"b, c\", \(arn)d))", ["a", "b, c", "d"]),
            ("OK(z) OR AT_LEAST(50%, NOT OK, (a,b)) AND ALARM(c)", ["a", "b", "c", "z"]),
        ])
    func names(rule: String, names: [String]) {
        #expect(AlarmRule(rule) == .rests(on: Set(names)))
    }

    @Test(
        "knows what TRUE and FALSE decide alone",
        arguments: [
            ("TRUE", true), ("false", false), ("NOT TRUE", false), ("NOT NOT TRUE", true),
            ("ALARM(a) AND FALSE", false), ("FALSE AND (ALARM(a) OR ALARM(b))", false),
            ("ALARM(a) OR TRUE", true), ("ALARM(a) OR NOT (FALSE AND OK(b))", true),
        ])
    func constants(rule: String, value: Bool) {
        #expect(AlarmRule(rule) == .always(value))
    }

    @Test(
        "is not decided by a constant that leaves it open",
        arguments: ["ALARM(a) OR FALSE", "TRUE AND ALARM(a)", "FALSE AND ALARM(b) OR ALARM(a)"])
    func neutral(rule: String) {
        #expect(AlarmRule(rule) == .rests(on: ["a"]))
    }

    @Test(
        "is none when it is not understood",
        arguments: [
            "", " ", "cpu", "ALARM", "ALARM()", "ALARM(\"\")", "ALARM(a", "ALARM(\"a)", "(ALARM(a)",
            "ALARM(a))", "ALARM(a) ALARM(b)", "ALARM(a) AND", "OR ALARM(a)", "ALARM(a, b)", "ALARM(a(b))",
            "SOME(a)", "NOT", "AT_LEAST(2, ALARM, ())", "AT_LEAST(2, SOME, (a))", "AT_LEAST(2, ALARM, (a)",
            "AT_LEAST(ALARM, (a))", "ALARM(a) XOR ALARM(b)",
            String(repeating: "(", count: 9_000) + "ALARM(a)",
            "ALARM(\(String(repeating: "a", count: 11_000)))",
        ])
    func notUnderstood(rule: String) {
        #expect(AlarmRule(rule) == nil)
    }

    @Test("may be as deep as AWS lets it be")
    func deep() {
        let depth = 240
        let rule = String(repeating: "(", count: depth) + "ALARM(a)" + String(repeating: ")", count: depth)
        #expect(AlarmRule(rule) == .rests(on: ["a"]))
    }
}
