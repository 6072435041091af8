import ArgumentParser
import Foundation
import Simulation

/// `drctl incidents`: scores drctl and simpler policies on labelled timelines.
public struct Incidents: ParsableCommand {
    public static let configuration = CommandConfiguration(
        abstract: "Score drctl, and what people run instead, on labelled timelines of incidents.",
        discussion:
            "The format of a timeline is in docs/incidents/README.md. A folder with a file that cannot "
            + "be understood is refused as a whole, with file and line.")

    @Argument(help: "A folder of timelines (.yaml).")
    var folder = "docs/incidents"

    @Flag(help: "Print JSON (docs/json.md) instead of text.")
    var json = false

    @Flag(help: "Print the table of docs/incident-bench.md.")
    var markdown = false

    public init() {}

    public func run() throws {
        let incidents: [Incident]
        do throws(IncidentProblems) {
            incidents = try IncidentFolder.read(folder)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(2)
        }
        let bench = IncidentBench(incidents)
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(IncidentReport(bench)), as: UTF8.self))
        } else {
            print(markdown ? bench.markdown() : bench.text(), terminator: markdown ? "" : "\n")
        }
    }
}
