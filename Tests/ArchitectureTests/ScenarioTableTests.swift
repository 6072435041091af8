import Foundation
import Testing

/// docs/scenarios.md promises a test for every known fault. A promise that no test keeps is found here.
@Suite("The table of scenarios") struct ScenarioTableTests {
    struct Row {
        var id: String
        var tests: [Reference]
    }

    /// `Tests/<file>: <function>`
    struct Reference: CustomStringConvertible {
        var file: String
        var function: String
        var description: String { "\(file): \(function)" }
    }

    /// The catalogue: detection, decision, execution, recovery, several hosts, inputs, notification, operators.
    static let catalogue = [
        "D1", "D2", "D3", "D4", "D6", "D8", "D9", "C1", "C3", "C4", "C5", "C6", "C7", "C8", "C10", "X1", "X2",
        "X3",
        "X4", "X6", "X7", "X8", "X10", "X11", "X12", "X14", "X15", "X17", "R1", "R2", "R3", "R5", "H1", "H2",
        "H3",
        "H5", "H7", "H9", "I1", "I2", "I3", "I5", "I6", "I7", "I10", "N1", "N2", "O1", "O2", "O4",
    ]

    @Test("has a row for every scenario, and each row names a test")
    func complete() throws {
        let rows = try Self.rows()
        #expect(rows.map(\.id).sorted() == Self.catalogue.sorted())
        for row in rows { #expect(!row.tests.isEmpty, "\(row.id) names no test") }
    }

    @Test("names only tests that exist")
    func real() throws {
        for row in try Self.rows() {
            for test in row.tests {
                let file = Self.root.appendingPathComponent("Tests").appendingPathComponent(test.file)
                let text = try? String(contentsOf: file, encoding: .utf8)
                let defined = ["func \(test.function)(", "func `\(test.function)`(", "def \(test.function)("]
                #expect(
                    defined.contains { text?.contains($0) == true }, "\(row.id): there is no \(test)")
            }
        }
    }

    @Test("names every test whose own name begins with a scenario's")
    func whole() throws {
        let named = Dictionary(uniqueKeysWithValues: try Self.rows().map { ($0.id, $0.tests) })
        var seen = 0
        for (file, id, function) in try Self.testsNamedAfterScenarios() {
            seen += 1
            let isNamed = named[id]?.contains { $0.function == function && $0.file.hasSuffix(file) }
            #expect(isNamed == true, "\(id) does not name \(file): \(function)")
        }
        #expect(seen > 20, "hardly a test found: is the scan broken?")
    }

    @Test("names a run of the simulator's own for every scenario that is not about bytes or a process")
    func alone() throws {
        for row in try Self.rows() where !Self.outsideTheSimulator.contains(row.id) {
            let runs = row.tests.filter { $0.file.hasPrefix("SimulationTests/Scenarios/") }
            #expect(!runs.isEmpty, "\(row.id) has no run of its own")
        }
    }

    /// What is about bytes or a process.
    static let outsideTheSimulator: Set = [
        "X4", "I1", "I2", "I3", "I5", "I6", "I7", "I10", "O4",
    ]

    @Test("says how each scenario is simulated, with faults, incidents and invariants that there are")
    func simulated() throws {
        let rows = try Self.cells(count: 3)
        #expect(Set(rows.map { $0[0] }) == Set(Self.catalogue).subtracting(Self.outsideTheSimulator))
        let faults = try Self.text("Sources/Simulation/Faults/FaultKind.swift")
        let table = try Self.text("docs/simulation.md")
        for row in rows {
            for name in Self.quoted(row[1]) {
                let isThere =
                    name.hasSuffix(".yaml")
                    ? (try? Self.text("docs/incidents/\(name)")) != nil
                    : faults.contains("= \"\(name)\"") || faults.contains("case \(name)\n")
                #expect(isThere, "\(row[0]): there is no fault or incident \(name)")
            }
            #expect(!Self.quoted(row[1]).isEmpty && !Self.quoted(row[2]).isEmpty, "\(row[0]) names nothing")
            for id in Self.quoted(row[2]) {
                #expect(table.contains("| `\(id)` |"), "\(row[0]): there is no invariant \(id)")
            }
        }
    }

    @Test("R2: no step deletes, restores or rebuilds anything")
    func nothingIsDestroyed() throws {
        let words = ["Delete", "Restore", "Create", "Terminate"]
        for file in try LayeringTests.swiftFiles(in: "Execution") {
            let text = try String(contentsOf: file, encoding: .utf8)
            let called = text.matches(of: #/\b([A-Z]\w+)\(/#).map { String($0.1) }
            for name in called where words.contains(where: name.hasPrefix) {
                Issue.record("\(file.lastPathComponent) calls \(name)")
            }
        }
    }

    // MARK: - Reading

    static let root = LayeringTests.sources.deletingLastPathComponent()

    static func rows() throws -> [Row] {
        try cells(count: 4).map { cells in
            let tests = cells[3].matches(of: #/`([^`:]+): ([^`]+)`/#).map {
                Reference(file: String($0.1), function: String($0.2))
            }
            return Row(id: cells[0], tests: tests)
        }
    }

    /// The rows of the table that has so many columns.
    private static func cells(count: Int) throws -> [[String]] {
        try text("docs/scenarios.md").split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return cells.count == count && cells[0].wholeMatch(of: #/[A-Z]\d+/#) != nil ? cells : nil
        }
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    private static func quoted(_ cell: String) -> [String] {
        cell.matches(of: #/`([^`]+)`/#).map { String($0.1) }
    }

    /// `@Test("D1: ...") func name` and `def test_name` with a docstring that begins with `D1: `.
    static func testsNamedAfterScenarios() throws -> [(file: String, id: String, function: String)] {
        let folder = root.appendingPathComponent("Tests")
        let files =
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL]
        var found: [(String, String, String)] = []
        for file in files ?? [] where ["swift", "py"].contains(file.pathExtension) {
            let text = try String(contentsOf: file, encoding: .utf8)
            let name = file.lastPathComponent
            if file.pathExtension == "swift" {
                let pattern = #/@Test\(\s*"([A-Z]\d+)(?:, [A-Z]\d+)*: (?:[^@])*?func `?([^`(]+)`?\(/#
                found += text.matches(of: pattern).map { (name, String($0.1), String($0.2)) }
                found += text.matches(of: #/func `(([A-Z]\d+): [^`]+)`\(/#).map {
                    (name, String($0.2), String($0.1))
                }
            } else {
                let pattern = #/def (test_\w+)\([^)]*\)[^:]*:\n\s+"""([A-Z]\d+)(?:, [A-Z]\d+)*: /#
                found += text.matches(of: pattern).map { (name, String($0.2), String($0.1)) }
            }
        }
        return found
    }
}
