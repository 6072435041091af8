import Foundation
import Testing

@testable import Simulation

@Suite("The format of a timeline")
struct IncidentFormatTests {
    private static func file(_ change: (inout String) -> Void = { _ in }) -> String {
        var text = """
            title: A title
            source: A source
            failover: right
            by: 20m
            why: A reason
            timeline:
              - { at: 5m, what: region-down }
            """
        change(&text)
        return text
    }

    private func problems(_ text: String) -> [String] {
        do throws(IncidentProblems) {
            _ = try IncidentReader.read(text, file: "a.yaml")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("a small file is read as it is meant")
    func small() throws {
        let incident = try IncidentReader.read(Self.file(), file: "folder/some-name.yaml")
        #expect(incident.id == "some-name")
        #expect(incident.label == .right(notBefore: .zero, by: .seconds(1200), loss: nil))
        #expect(incident.length == .seconds(2100))
        #expect(incident.workloads.map(\.databases) == [["db"]])
    }

    @Test(
        "what is not understood is an error with its line and what to do",
        arguments: [
            ("by: 20m", "by: soon", "a.yaml:4: by is \"soon\"; write a time with its unit"),
            ("by: 20m", "by: 20", "a.yaml:4: by is \"20\"; write a time with its unit"),
            ("by: 20m", "until: 20m", "a.yaml:4: until is not a known key here"),
            ("by: 20m\n", "", "a.yaml:1: by is missing"),
            ("by: 20m", "by: 20m\nnot_before: 30m", "a.yaml:4: by is 20m, not after not_before (30m)"),
            ("right", "maybe", "a.yaml:3: failover is \"maybe\"; use one of right, wrong"),
            ("failover: right", "failover: wrong", "a.yaml:4: by belongs to failover: right"),
            (
                "title: A title", "titel: A title",
                "a.yaml:1: titel is not a known key here; did you mean title?"
            ),
            ("source: A source\n", "", "a.yaml:1: source is missing"),
            ("region-down", "region-dwon", "a.yaml:7: what is \"region-dwon\", which is no event; did you"),
            ("at: 5m, ", "", "a.yaml:7: at is missing"),
            ("region-down", "region-down, region: mars", "a.yaml:7: region is mars, where nothing"),
            ("region-down", "region-down, rate: 5", "a.yaml:7: rate is not a key of region-down"),
            ("region-down", "cut", "a.yaml:7: cut needs between"),
            ("region-down", "cut, between: [host, moon]", "a.yaml:7: between names \"moon\""),
            ("region-down", "gray, workload: other", "a.yaml:7: workload names \"other\"; known: main"),
            ("region-down", "gray, for: 2m, until: 9m", "a.yaml:7: until says the same as for"),
            ("region-down", "gray, every: 2m", "a.yaml:7: every needs for, shorter than every"),
            ("region-down", "gray, until: 2m", "a.yaml:7: until is 2m, not after at (5m)"),
            ("what: region-down", "what: region-up", "a.yaml:7: region-up ends nothing: at 5m"),
            (
                "what: region-down", "witness: probe, says: perhaps",
                "a.yaml:7: says is \"perhaps\"; probe can say"
            ),
            ("what: region-down", "witness: moon, says: missing", "a.yaml:7: witness is \"moon\""),
            ("by: 20m", "by: 20m\npolicy: { quorum: 9 }", "a.yaml:5: quorum is \"9\"; write a whole number"),
            (
                "by: 20m", "by: 20m\npolicy: { maintenance: [{ at: 90s, for: 1h }] }",
                "a.yaml:5: maintenance opens at 1m30s for 1h; write whole minutes"
            ),
            (
                "by: 20m", "by: 20m\npolicy: { fleet_brake: { percent: 101 } }",
                "a.yaml:5: percent is \"101\"; write a whole number from 1 to 100"
            ),
            ("by: 20m", "by: 20m\nlength: 4m", "begins at 5m, after the timeline's length"),
            ("by: 20m", "by: 20m\nby: 30m", "by is there twice; keep one"),
            ("by: 20m", "by: [", "not valid YAML"),
        ])
    func refused(written: String, instead: String, message: String) {
        let found = problems(Self.file { $0 = $0.replacing(written, with: instead) })
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    @Test("a folder with one bad file says which, and nothing is scored")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("incidents-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.file().write(
            to: folder.appendingPathComponent("good.yaml"), atomically: true, encoding: .utf8)
        #expect(try IncidentFolder.read(folder.path).count == 1)
        try "nonsense".write(to: folder.appendingPathComponent("bad.yaml"), atomically: true, encoding: .utf8)
        let error = #expect(throws: IncidentProblems.self) { try IncidentFolder.read(folder.path) }
        #expect(error?.problems.map(\.file) == [folder.appendingPathComponent("bad.yaml").path])
    }

    @Test("a folder that is missing or empty, and a file that is no text, say what to do")
    func nothingToRead() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("incidents-\(UUID())")
        func said() -> String {
            let error = #expect(throws: IncidentProblems.self) { try IncidentFolder.read(folder.path) }
            return error?.description ?? ""
        }
        #expect(said().hasPrefix("\(folder.path): is not a folder that can be read; name one with timelines"))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(said().contains("docs/incidents/README.md says how to write one"))
        try Data([0x74, 0xe9]).write(to: folder.appendingPathComponent("latin.yaml"))
        #expect(said().hasSuffix("latin.yaml: cannot be read as text; save it as UTF-8"))
    }

    @Test("a byte order mark and line ends of Windows make no difference")
    func windows() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("incidents-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = "\u{feff}" + Self.file().replacing("\n", with: "\r\n")
        try Data(text.utf8).write(to: folder.appendingPathComponent("a.yaml"))
        let found = try #require(try IncidentFolder.read(folder.path).first)
        let plain = try IncidentReader.read(Self.file(), file: "a.yaml")
        #expect((found.title, found.label, found.events.count) == (plain.title, plain.label, 1))
    }

    @Test("everything that is wrong with a file is shown at once, and each once")
    func atOnce() {
        let found = problems(
            "titel: A\nby: [1]\nfailover: right\nwhy: w\ntimeline:\n  - { at: soon, what: gray }\n")
        let words = ["titel is not", "title is missing", "source is missing", "by must be", "at is \"soon\""]
        #expect(found.count == words.count, "\(found)")
        for word in words { #expect(found.contains { $0.contains(word) }, "\(word): \(found)") }
    }

    @Test("the README names every event, every other name of it, and every key")
    func readme() throws {
        let text = try String(contentsOf: docs.appendingPathComponent("incidents/README.md"), encoding: .utf8)
        for kind in EventKind.table {
            for name in [kind.name] + kind.aliases + kind.parameters.map(\.key) {
                #expect(text.contains("`\(name)`"), "\(name) of \(kind.name)")
            }
        }
        let keys = IncidentReader.keys + PolicyReader.keys + TimelineReader.commonKeys + TestimonyReader.keys
        for key in keys { #expect(text.contains("`\(key)") || text.contains("`\(key)`"), "\(key)") }
        for teller in Teller.allCases { #expect(text.contains("`\(teller.rawValue)`")) }
        for end in Conditions.End.allCases { #expect(text.contains("`\(end.rawValue)`"), "\(end)") }
    }

    @Test("no name means two events")
    func names() {
        let names = EventKind.table.flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
    }
}
