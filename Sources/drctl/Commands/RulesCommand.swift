import ArgumentParser
import Failover

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Print the table of rules by which drctl decides.")

    @Flag(help: "As a Mermaid state diagram.")
    var mermaid = false

    func run() throws {
        if mermaid { return print(Rules.mermaid()) }
        let rows = Rules.table.map { rule in
            [
                rule.id.rawValue, rule.from.map(\.rawValue).joined(separator: "|"), rule.on.rawValue,
                rule.when.rawValue, rule.to.rawValue, rule.because,
            ]
        }
        say(table([["rule", "from", "on", "when", "to", "because"]] + rows))
    }
}
