import Testing

@testable import Settings

/// SplitMix64: the same damage on every run.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Any damage to the reference")
struct PropertyTests {
    private static let splinters = [
        "*", "&a ", "*a", "<<: ", "!!int ", "? ", "- ", ": ", "{", "}", "[", "]", "\"", "'", "|\n", ">\n",
        "#", "%", "@",
        "\n", "\t", "  ", "\0", "é", "🦆", "~", "null", "true", "-1", "99999999999999999999", "0s", "---\n",
        "...\n", ",",
    ]

    @Test("is either read or refused within the file, never a crash", arguments: 0..<8)
    func damage(seed: UInt64) throws {
        let reference = Array(try ReferenceTests.complete())
        let lineCount = reference.count { $0 == "\n" } + 1
        var dice = Dice(state: seed)
        for _ in 0..<60 {
            var text = reference
            for _ in 0..<Int.random(in: 1...4, using: &dice) { spoil(&text, &dice) }
            do {
                _ = try Configuration.parse(String(text), file: "config.yaml")
            } catch {
                #expect(!error.problems.isEmpty)
                let sorted = error.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
                #expect(sorted.map(\.line) == error.problems.map(\.line))
                #expect(
                    error.problems.allSatisfy { (1...lineCount + 40).contains($0.line) && $0.column >= 1 })
                #expect(error.problems.allSatisfy { !$0.message.isEmpty && !$0.description.contains("\n") })
            }
        }
    }

    private func spoil(_ text: inout [Character], _ dice: inout Dice) {
        let place = Int.random(in: 0..<text.count, using: &dice)
        let end = min(text.count, place + Int.random(in: 1...30, using: &dice))
        switch Int.random(in: 0..<4, using: &dice) {
        case 0: text.removeSubrange(place..<end)
        case 1: text.insert(contentsOf: text[place..<end], at: Int.random(in: 0...text.count, using: &dice))
        case 2: text.insert(contentsOf: Self.splinters.randomElement(using: &dice) ?? "", at: place)
        default: text.swapAt(place, Int.random(in: 0..<text.count, using: &dice))
        }
    }

    @Test("a key that is left out is never made up: required keys are asked for, others have their default")
    func everyLineMatters() throws {
        let lines = try ReferenceTests.complete().split(separator: "\n", omittingEmptySubsequences: false)
        let whole = try Configuration.parse(lines.joined(separator: "\n"), file: "config.yaml")
        for index in lines.indices where lines[index].wholeMatch(of: /[ ]*[a-z_]+: [^ ].*/) != nil {
            var rest = lines
            rest.remove(at: index)
            let text = rest.joined(separator: "\n")
            if let configuration = try? Configuration.parse(text, file: "config.yaml") {
                #expect(configuration.digest != whole.digest, "\(lines[index])")
            } else {
                #expect(Sample.problems(text).contains { $0.contains("is missing") }, "\(lines[index])")
            }
        }
    }
}
