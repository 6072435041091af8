import ArgumentParser
import Foundation
import SimulationCommand

// `drctl simulate` and `drctl incidents` without the rest of drctl: for soaks and for CI, where building
// the server would take longer than the run. The word `simulate` may be said, so that commands can be
// copied.
let words = CommandLine.arguments.dropFirst()
do {
    if words.first == "incidents" {
        try Incidents.parse(Array(words.dropFirst())).run()
        exit(0)
    }
    var command = try Simulate.parse(Array(words.first == "simulate" ? words.dropFirst() : words))
    try command.run()
} catch let code as ExitCode {
    exit(code.rawValue)
} catch {
    let text = Simulate.fullMessage(for: error)
    let isHelp = Simulate.exitCode(for: error) == .success
    FileHandle(fileDescriptor: isHelp ? 1 : 2).write(Data((text + "\n").utf8))
    exit(isHelp ? 0 : 2)
}
