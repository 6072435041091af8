import ArgumentParser
import Settings

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration, and say everything that is wrong with it.")

    @OptionGroup var common: CommonOptions

    func run() throws {
        if !common.json { try common.checkPresence() }
        do {
            let configuration = try Configuration.checked(path: common.configPath)
            if common.json {
                return try printJSON(Report(valid: true, problems: [], warnings: configuration.warnings))
            }
            configuration.warnings.forEach { printError("warning: \($0)") }
            let names = configuration.workloads.map(\.id.rawValue).joined(separator: ", ")
            say("\(common.configPath) is valid: \(configuration.workloads.count) workloads (\(names))")
        } catch let errors as ConfigurationErrors {
            if common.json {
                try printJSON(Report(valid: false, problems: errors.problems, warnings: []))
            } else {
                errors.problems.forEach { printError("\($0)") }
            }
            throw Failure(.usage)
        }
    }

    struct Report: Encodable {
        var valid: Bool
        var problems: [Problem]
        var warnings: [Problem]
    }
}
