import Foundation
import Testing

@testable import Failover

@Suite("docs/decision.md")
struct DocumentTests {
    private func text() throws -> String {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try String(contentsOf: root.appendingPathComponent("docs/decision.md"), encoding: .utf8)
    }

    @Test("lists the gates as the table has them, with kind and override, in its order")
    func gates() throws {
        let rows = Gates.table.map { gate in
            let kind = gate.kind == .evidence ? "evidence" : gate.kind.rawValue.uppercased()
            let override =
                switch gate.override {
                case .byVerb: "by itself"
                case .allowDataLoss: "with `--allow-data-loss`"
                case .named: "with `--override \(gate.id)`"
                case .never: "never"
                }
            return "| `\(gate.id)` | \(kind) | \(gate.asks) | \(override) |"
        }
        let shown = try text().split(separator: "\n").map(String.init)
            .filter { line in Gate.Kind.allCases.contains { line.contains("| \($0.label) |") } }
        #expect(shown == rows)
    }

    /// A situation of each verdict, and what is said of it, up to where names and evidence begin.
    @Test("shows the sentence of every verdict", arguments: Verdict.allCases)
    func sentences(verdict: Verdict) throws {
        let workload = Workload.shop()
        let surroundings = Surroundings(
            capacity: 1, brake: FleetBrake(), host: nil, leadership: Leadership(needsLease: false),
            neighbours: [WorkloadMachine(workload: workload).neighbour()], own: 0)
        var attention = Attention()
        attention.quorumSince = World.start
        let item = DatabaseAssessment(
            database: "orders", verdict: verdict,
            votes: [
                Vote(witness: .probe, opinion: .failed, because: "...", observedAt: nil),
                Vote(witness: .route53, opinion: .configurationFault, because: "...", observedAt: nil),
            ], lag: nil)
        let situation = Situation(
            Boxed(workload), Boxed(WorkloadState()), inquiries: [], judged: [item], attention: attention,
            surroundings: surroundings, now: World.start + .seconds(12))
        #expect(situation.verdict == verdict)
        let sentence = situation.sentence.replacingOccurrences(of: "ap-southeast-2", with: "eu-west-1")
            .replacingOccurrences(of: "ap-southeast-1", with: "eu-central-1")
            .replacingOccurrences(of: "probe: ...", with: "...")
            .replacingOccurrences(of: "route53: ...", with: "...")
        let wanted = sentence.replacingOccurrences(of: "....", with: "...")
        #expect(try text().contains("| `\(verdict.rawValue)` | \(wanted) |"), "\(wanted)")
    }
}

extension Gate.Kind {
    fileprivate var label: String { self == .evidence ? "evidence" : rawValue.uppercased() }
}
