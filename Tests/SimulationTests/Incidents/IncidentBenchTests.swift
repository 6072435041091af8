import Foundation
import Testing

@testable import Simulation

/// The whole bench, played once for all tests.
private let bench = Result {
    IncidentBench(try IncidentFolder.read(docs.appendingPathComponent("incidents").path))
}

let docs = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("docs")

@Suite("The incident bench")
struct IncidentBenchTests {
    @Test("drctl fails nothing over wrongly and misses nothing")
    func noneFalseNoneMissed() throws {
        for row in try bench.get().rows {
            let outcome = row.results[0].outcome
            #expect(outcome == .right || outcome == .quiet, "\(row.incident.id): \(outcome.rawValue)")
        }
    }

    @Test("drctl decides within its confirmation window and one polling interval of complete evidence")
    func withinTheWindow() throws {
        for row in try bench.get().rows where row.results[0].outcome == .right {
            let (id, delay, allowance) = (row.incident.id, row.delay, row.allowance)
            #expect(delay.map { $0 <= allowance } == true, "\(id)")
        }
    }

    @Test("drctl never predicts less loss than there is, but for what clocks and looks are off by")
    func lossIsNotUnderestimated() throws {
        #expect(try bench.get().summary(of: 0).underestimates == 0)
    }

    @Test("there are at least twenty-one timelines of each label, of both engines, alone and in fleets")
    func variety() throws {
        let incidents = try bench.get().rows.map(\.incident)
        let right = incidents.filter { $0.workloads.contains { $0.label.isRight } }
        #expect(right.count >= 21 && incidents.count - right.count >= 21)
        for label in [true, false] {
            let some = incidents.filter { $0.label.isRight == label }
            #expect(Set(some.flatMap { $0.workloads.map(\.engine) }).count == 2)
            #expect(some.contains { $0.workloads.count > 1 })
        }
    }

    @Test("the simple policies are neither always wrong nor always right")
    func fairness() throws {
        for policy in IncidentBench.policies.indices.dropFirst() {
            let summary = try bench.get().summary(of: policy)
            #expect(summary.falseFailovers > 0 && summary.quiet >= 9, "\(summary.policy)")
            #expect(summary.right >= 9, "\(summary.policy)")
        }
    }

    @Test("docs/incident-bench.md is what make incidents writes")
    func theDocsAreCurrent() throws {
        let written = try String(
            contentsOf: docs.appendingPathComponent("incident-bench.md"), encoding: .utf8)
        let isCurrent = try bench.get().markdown() == written
        #expect(isCurrent, "run make incidents")
    }
}
