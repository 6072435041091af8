import Foundation
import Testing

@testable import Settings

/// Under a sanitizer a megabyte takes minutes, and what reads it is a library in C: the one place not to leave
/// out. `Tests/Sanitize` says how many minutes.
private let patience: TimeLimitTrait.Duration = .minutes(
    ProcessInfo.processInfo.environment["DRCTL_TEST_MINUTES"].flatMap { Int($0) } ?? 1)

@Suite("YAML")
struct YAMLTests {
    @Test("anchors and aliases are followed")
    func aliases() throws {
        let text = try Sample.edited(
            "maximum_data_loss: 5m", "maximum_data_loss: &span 5m\\n      provider_recovery_limit: *span")
        let policy = try Configuration.parse(text, file: "config.yaml").workloads[0].policy
        #expect(policy.providerRecoveryLimit == policy.maximumDataLoss)
    }

    @Test("an anchor that is used again means the last one before the alias")
    func shadowedAnchors() throws {
        let text = try Sample.edited(
            "maximum_data_loss: 5m",
            "maximum_data_loss: &a 5m\\n      cooldown: &a 2h\\n      clearance_window: *a")
        let policy = try Configuration.parse(text, file: "config.yaml").workloads[0].policy
        #expect(policy.clearanceWindow == .seconds(7200))
    }

    @Test("an asterisk in quotes is text")
    func asterisks() throws {
        let text = try Sample.edited("shop.db.example.com:5432", "*.db.example.com:5432")
        #expect(Sample.problems(text).first?.contains("\"*.db.example.com:5432\"") == true)
    }

    /// Nine levels of nine: a billion values when they are written out.
    private static let laughs =
        "a0: &a0 [x]\n"
        + (1...9).map { level in
            "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
                + "]\n"
        }.joined()

    @Test("aliases that grow without end are refused", arguments: ["", "? *a9\n: x\n", "{ *a9 : x }: y\n"])
    func aliasBomb(ending: String) {
        let problems = Sample.problems(Self.laughs + ending)
        #expect(problems.contains { $0.contains("grows beyond 50000 values once aliases are followed") })
    }

    @Test("an alias for a value that contains it is refused")
    func selfReference() throws {
        let text = try Sample.edited("policy:", "policy: &p").replacing("quorum: 3", with: "timeouts: *p")
        #expect(
            Sample.problems(text) == [
                "17:17: workloads.shop.policy.timeouts: is an alias for a value that contains it"
            ])
    }

    @Test("an alias without an anchor is refused once, with the one that was meant")
    func unknownAlias() throws {
        let text = try Sample.edited("mode: approval | quorum: 3", "mode: &mode approval | quorum: *moed")
        #expect(
            Sample.problems(text) == [
                "17:15: workloads.shop.policy.quorum: is an alias for \"moed\", which has no anchor "
                    + "before it; did you mean *mode?"
            ])
    }

    @Test(
        "deep nesting is refused",
        arguments: [
            ("[", "]", 900), ("- ", "", 900), ("{a: ", "}", 20), ("? ", "", 300),
        ])
    func nesting(opening: String, closing: String, levels: Int) {
        let text = String(repeating: opening, count: levels) + "x" + String(repeating: closing, count: levels)
        let problems = Sample.problems("a: &b\n " + text)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("is nested deeper than 16 levels") == true)
    }

    @Test(
        "hundred thousand levels do not exhaust the stack",
        arguments: ["[", "{a: ", "- ", "? ", "!t ", "&a "])
    func abyss(opening: String) {
        #expect(!Sample.problems(String(repeating: opening, count: 100_000)).isEmpty)
    }

    @Test("a text of more than 1 MiB is refused")
    func huge() {
        let text = Sample.text + String(repeating: "#", count: SourceText.byteLimit)
        #expect(Sample.problems(text) == ["1:1: is larger than 1 MiB"])
    }

    @Test(
        "a text that was made to be slow is not", .timeLimit(patience),
        arguments: [
            "- &a x\n- *a\n", "x: *a\n", "- {a: [b, c]}\n", "? ", "\"", "- - ", "{",
        ])
    func slow(piece: String) {
        #expect(!Sample.problems(String(repeating: piece, count: 1_000_000 / piece.utf8.count)).isEmpty)
    }

    @Test("very many unknown aliases beside very many anchors are refused in time", .timeLimit(patience))
    func manyAnchors() {
        let text = (0..<20_000).map { "key\($0): &a\($0) x\nalias\($0): *b\($0)\n" }.joined()
        #expect(Sample.problems(text).count == Findings.limit)
    }

    @Test("every line that is indented with a tab is reported")
    func tabs() throws {
        let text = Sample.text.replacing("  region:", with: "\tregion:").replacing(
            "      mode", with: "    \tmode")
        #expect(
            Sample.problems(text) == [
                "2:1: the line is indented with a tab; YAML wants spaces",
                "15:5: the line is indented with a tab; YAML wants spaces",
            ])
    }

    @Test("a tab behind a value is nobody's fault")
    func harmlessTabs() throws {
        let text = try Sample.edited("quorum: 3", "quorum: 3\t# three\t")
        #expect(Sample.problems(text) == [])
    }

    @Test(
        "invisible characters are refused with their place", arguments: ["0", "85", "200B", "202E", "F0001"])
    func invisible(code: String) throws {
        let character = try #require(UInt32(code, radix: 16).flatMap(Unicode.Scalar.init))
        let text = try Sample.edited("mode: approval", "mode: appro\(character)val")
        #expect(
            Sample.problems(text) == [
                "15:18: holds the invisible or reserved character U+\(code); remove it"
            ])
    }

    @Test("a byte order mark and CR LF are accepted, and places stay true")
    func windows() throws {
        let text = try "\u{FEFF}" + Sample.edited("quorum: 3", "quorum: 5").replacing("\n", with: "\r\n")
        #expect(
            Sample.problems(text) == [
                "17:15: workloads.shop.policy.quorum: is 5, but only 4 witnesses are configured; use 2 to 4"
            ])
    }

    @Test("all duplicate keys are reported, and what stands between them is read")
    func duplicates() throws {
        let text =
            try Sample.edited(
                "mode: approval | quorum: 3",
                "mode: approval\\n      'mode': observe\\n      mode: observe | quorum: 9")
            + "controller: {}\n"
        #expect(
            Sample.problems(text) == [
                "16:7: workloads.shop.policy.mode: is a duplicate; line 15 has it already, keep one",
                "17:7: workloads.shop.policy.mode: is a duplicate; line 15 has it already, keep one",
                "19:15: workloads.shop.policy.quorum: is 9, but only 4 witnesses are configured; use 2 to 4",
                "25:1: controller: is a duplicate; line 1 has it already, keep one",
            ])
    }

    @Test("more duplicate keys than can be told apart are refused at once")
    func manyDuplicates() {
        let text = (0..<100).map { "key\($0): 1\n" }.joined()
        let problems = Sample.problems(text + text)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("duplicate keys") == true)
    }

    @Test(
        "broken YAML is refused with its place and advice",
        arguments: [
            (
                "mode: approval", "mode: approval: x",
                "15:21: not valid YAML: mapping values are not allowed in this context; "
                    + "check this line's indentation, or put a value that holds \": \" in quotes"
            ),
            (
                "topics: [", "topics: [ @",
                "22:17: not valid YAML: while scanning for the next token from line 22, "
                    + "found character that cannot start any token; put a value that begins with @, % or "
                    + "` in quotes"
            ),
            (
                "mode: approval", "mode: 'approval",
                "23:1: not valid YAML: while scanning a quoted scalar from line 15, "
                    + "found unexpected end of stream; a quote or bracket is never closed"
            ),
            ("]\n", "]\n--- {}\n", "17:1: starts a second document; the file holds one"),
        ])
    func broken(old: String, new: String, problem: String) throws {
        let text = try Sample.edited(old, new)
        #expect(Sample.problems(text) == [problem])
    }

    @Test("tags, merge keys and keys that are not text are refused")
    func surprises() throws {
        let text = try Sample.edited(
            "mode: approval | quorum: 3 | maximum_data_loss: 5m",
            "mode: !!binary approval | <<: { quorum: 3 } | [a, b]: 5m")
        #expect(
            Sample.problems(text) == [
                "4:3: workloads.shop.policy.maximum_data_loss: is missing, here and in defaults.policy; "
                    + "the most that may be lost, as time, such as 2m",
                "4:3: workloads.shop.policy.quorum: is missing, here and in defaults.policy; "
                    + "how many witnesses must say failed, 2 or more",
                "15:13: workloads.shop.policy.mode: has the tag \"!!binary\"; tags are not read, remove it",
                "17:7: workloads.shop.policy: merge keys (<<) are not read; shared policy goes under "
                    + "defaults.policy",
                "18:7: workloads.shop.policy: has a key that is not plain text",
            ])
    }

    @Test(
        "what is no set of keys is refused",
        arguments: [
            ("", "1:1: is empty; it needs controller and workloads"),
            ("# nothing\n", "1:1: is empty; it needs controller and workloads"),
            ("--- \n", "2:1: is empty; write keys and values below it, or remove it"),
            ("drctl", "1:1: is \"drctl\"; write keys and values below it, or remove it"),
            ("- a\n", "1:1: is a list; write keys and values below it, or remove it"),
        ])
    func roots(text: String, problem: String) {
        #expect(Sample.problems(text) == [problem])
    }
}
