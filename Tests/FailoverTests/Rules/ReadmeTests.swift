import Failover
import Foundation
import Testing

@Suite struct ReadmeTests {
    /// `drctl rules --mermaid` prints what the README shows.
    @Test func theReadmeShowsTheRulesAsTheyAre() throws {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let diagram = Rules.mermaid().trimmingCharacters(in: .newlines)
        #expect(
            readme.contains("```mermaid\n\(diagram)\n```"),
            "paste drctl rules --mermaid into README.md")
    }

    @Test func theReadmeNamesEveryGate() throws {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        for gate in GateID.allCases { #expect(readme.contains("`\(gate.rawValue)`"), "\(gate.rawValue)") }
    }
}
