import ArgumentParser
import Failover

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Print the table of rules by which drctl decides.")

    @Flag(help: "As a Mermaid state diagram.")
    var mermaid = false

    @Flag(help: "Print JSON (docs/json.md) instead of text.")
    var json = false

    private struct Row: Encodable {
        var id: RuleID
        var from: [Phase]
        var on: String
        var when: String
        var to: Phase
        var because: String
    }

    func run() throws {
        if mermaid { return print(Rules.mermaid()) }
        if json {
            return try printJSON(
                Rules.table.map { rule in
                    Row(
                        id: rule.id, from: rule.from, on: rule.on.rawValue, when: rule.when.rawValue,
                        to: rule.to,
                        because: rule.because)
                })
        }
        let rows = Rules.table.map { rule in
            [
                rule.id.rawValue, rule.from.map(\.rawValue).joined(separator: "|"), rule.on.rawValue,
                rule.when.rawValue, rule.to.rawValue, rule.because,
            ]
        }
        say(table([["rule", "from", "on", "when", "to", "because"]] + rows))
    }
}
