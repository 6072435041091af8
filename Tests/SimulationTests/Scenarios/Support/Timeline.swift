import Failover
import Foundation

@testable import Simulation

/// What drctl's policy makes of a timeline of the incident bench.
struct Timeline {
    let records: [Record]
    /// The failovers that it began.
    let calls: [FailoverCall]

    /// One of docs/incidents, without its ending.
    init(_ name: String) throws {
        let file = docs.appendingPathComponent("incidents/\(name).yaml")
        let incident = try IncidentReader.read(
            String(contentsOf: file, encoding: .utf8), file: file.path)
        var run = DrctlRun(incident)
        run.play()
        (records, calls) = (run.records, run.calls)
    }

    /// Every gate that was closed at some time, with what it said last.
    var closed: [GateID: String] {
        let closed = records.compactMap(\.event.assessment).flatMap { $0.gates.filter { !$0.open } }
        return Dictionary(closed.map { ($0.id, $0.because) }, uniquingKeysWith: { _, last in last })
    }

    var notices: [Notice] { records.compactMap(\.event.notice) }
}
