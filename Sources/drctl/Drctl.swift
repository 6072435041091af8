import ArgumentParser
import Foundation
import Settings
import SimulationCommand

/// The root command: one subcommand a file in `Commands/`.
struct Drctl: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "drctl",
        abstract: "Gets a database back on its feet in another AWS Region, without making things worse.",
        discussion: """
            Exit codes: 0 done; 1 failed; 2 usage or configuration; 3 refused by a guard; 4 waiting for \
            approval; 5 no answer from the service; 6 a simulation violated something; 7 in doubt, the \
            request may or may not count.
            """,
        version: version,
        subcommands: [
            Serve.self, Init.self, Validate.self, ConfigCommand.self, Cost.self, Doctor.self, Status.self,
            WatchCommand.self, Explain.self, Replay.self,
            History.self,
            FailoverCommand.self, HandoverCommand.self,
            Approve.self, Hold.self, Release.self, Resume.self, Abandon.self, Ledger.self, Notify.self,
            RulesCommand.self, TokenCommand.self,
            Simulate.self, Incidents.self,
        ])
}

/// The verb that was probably meant where the first word is none.
func meantVerb(_ arguments: [String]) -> String? {
    let verbs = Drctl.configuration.subcommands.map { $0._commandName } + ["help"]
    guard let word = arguments.dropFirst().first, !word.hasPrefix("-"), !verbs.contains(word) else {
        return nil
    }
    return nearest(to: word, in: verbs)
}

@main
enum Main {
    static func main() async {
        // A reader that goes away (`drctl history | head`) must end us by an error, not by a signal.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try Drctl.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            if !failure.message.isEmpty { printError("drctl: \(failure.message)") }
            exit(failure.status.rawValue)
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch {
            let text = Drctl.fullMessage(for: error)
            if Drctl.exitCode(for: error) == .success {
                print(text)
                exit(ExitStatus.done.rawValue)
            }
            printError(text)
            if let verb = meantVerb(CommandLine.arguments) { printError("  Did you mean 'drctl \(verb)'?") }
            exit(ExitStatus.usage.rawValue)
        }
    }
}
