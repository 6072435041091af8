import ArgumentParser
import Failover
import Foundation
import Settings

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented config.yaml, from the infrastructure's outputs or by asking AWS.",
        discussion: """
            With --from-outputs: from what `pulumi stack output --json` of deploy/pulumi says.

            With --regions: asks AWS for RDS read replicas and Aurora global databases that span two of \
            them, and for the records, health checks and alarms around them. What nothing proves is marked \
            GUESS, and the mode is observe.

            What is written has passed drctl validate. Changes nothing in AWS. Exits with 2 when the outputs \
            are not usable or the file exists already, and with 1 when AWS refuses, with the permissions \
            that are missing.
            """)

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "Files with the outputs of stacks that this one host protects.")
    var fromOutputs: [String] = []

    @Option(
        parsing: .upToNextOption, help: "The Regions to ask: at least two, primary and standby of each.")
    var regions: [String] = []

    @Option(help: "Look in this hosted zone alone, by name or id. Default: in all.")
    var zone: String?

    @Option(parsing: .upToNextOption, help: "Take only these workloads.")
    var workload: [String] = []

    @Option(help: "Where this host stands. Default: as the outputs say, or the first standby Region.")
    var region: String?

    @Option(name: .shortAndLong, help: "The file to write. Default: standard output.")
    var output: String?

    @Flag(help: "Replace the file if it exists.")
    var force = false

    @Flag(help: "Print JSON (docs/json.md) instead of text.")
    var json = false

    func validate() throws {
        guard fromOutputs.isEmpty != regions.isEmpty else {
            throw ValidationError("say either --from-outputs FILE or --regions REGION REGION")
        }
        guard regions.isEmpty || Set(regions).count >= 2 else {
            throw ValidationError("--regions takes at least two: a database and its standby are not in one")
        }
        guard zone == nil || !regions.isEmpty else {
            throw ValidationError("--zone belongs to --regions; the outputs name their zone themselves")
        }
    }

    func run() async throws {
        let target = output.map { ConfigurationTarget(path: $0, replaces: force) }
        // Before anything is asked: an answer that cannot be kept is a waste.
        try target?.check()
        var proposal = fromOutputs.isEmpty ? try await discovered() : try fromStacks()
        try choose(from: &proposal)
        let text = proposal.text
        let configuration = try accepted(text, file: output ?? "config.yaml")
        try target?.write(text)
        try tell(text, configuration)
    }

    private func fromStacks() throws -> Proposal {
        let stacks = try fromOutputs.map { path in
            do {
                let stack = try StackOutputs(json: try Self.text(of: path))
                _ = try stack.workload()
                return stack
            } catch let error as OutputsError {
                throw Failure(.usage, "\(path): \(error)")
            }
        }
        do {
            let names = fromOutputs.map { ($0 as NSString).lastPathComponent }.joined(separator: ", ")
            return try Proposal(
                stacks, region: region, origin: ["Written by drctl init from the outputs in \(names)."])
        } catch { throw Failure(.usage, "\(error)") }
    }

    private func discovered() async throws -> Proposal {
        let names = try regions.map { name in
            guard name.wholeMatch(of: /[a-z]{2,4}(-[a-z]{2,10}){1,3}-[0-9]{1,2}/) != nil else {
                throw Failure(.usage, "--regions: '\(name)' is no Region's code such as eu-west-1")
            }
            return Region(name)
        }
        var seen: Set<Region> = []
        return try await Discovery(
            regions: names.filter { seen.insert($0).inserted }, zone: zone, host: region
        )
        .proposal(keeping: workload)
    }

    private func choose(from proposal: inout Proposal) throws {
        let known = proposal.workloads.map(\.name)
        for name in workload where !known.contains(name) { throw unknownWorkload(name, known: known) }
        if !workload.isEmpty { proposal.workloads.removeAll { !workload.contains($0.name) } }
    }

    /// Nothing is written that the service would refuse.
    private func accepted(_ text: String, file: String) throws -> Configuration {
        do {
            return try Configuration.parse(text, file: file)
        } catch {
            let source = fromOutputs.isEmpty ? "what AWS says" : "these outputs"
            throw Failure(
                .usage, "\(source) makes no valid configuration; nothing was written:\n\(error)")
        }
    }

    private func tell(_ text: String, _ configuration: Configuration) throws {
        let names = configuration.workloads.map(\.id.rawValue)
        if json {
            return try printJSON(
                Report(
                    path: output, workloads: names, configuration: text, warnings: configuration.warnings))
        }
        configuration.warnings.forEach { printError("warning: \($0)") }
        guard let output else { return print(text, terminator: "") }
        say(
            "\(output) is written and valid: \(names.count) workloads (\(names.joined(separator: ", ")))\n"
                + "next: drctl doctor --config \(output)")
    }

    private static func text(of path: String) throws -> String {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            let data = try handle.read(upToCount: (1 << 20) + 1) ?? Data()
            guard let text = String(validating: data, as: UTF8.self) else {
                throw Failure(.usage, "\(path): is not UTF-8, so not JSON")
            }
            return text
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.usage, "\(path): cannot be read: \(systemReason(error))")
        }
    }

    struct Report: Encodable {
        /// Nil when nothing was written.
        var path: String?
        var workloads: [String]
        var configuration: String
        var warnings: [Problem]
    }
}
