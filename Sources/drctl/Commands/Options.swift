import ArgumentParser
import Settings
import Failover
import Foundation

/// Options that every verb has.
struct CommonOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help:
            "The configuration file. Default: $DRCTL_CONFIG, else /etc/drctl/config.yaml, else ./config.yaml."
    )
    var config: String?

    @Option(help: "The service's socket. Default: as configured.")
    var socket: String?

    @Option(
        help: ArgumentHelp("A service on another host: https://host:port (docs/api.md).", valueName: "url"))
    var server: String?

    @Option(help: "For --server: the file with the token.")
    var tokenFile: String?

    @Option(help: "For --server: the roots of its certificate, as PEM. Default: the system's.")
    var caFile: String?

    @Flag(help: "Print JSON (docs/json.md) instead of text.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Colour: never, always, or auto, on a terminal unless $NO_COLOR says otherwise.",
            valueName: "when"))
    var color = ColourMode.auto

    /// Text for people, as wide and as colourful as where it goes.
    func show(_ text: String) { print(Display.standardOutput(color).rendered(text)) }

    /// Whether a service elsewhere is asked: nothing of this host stands in for it.
    var isRemote: Bool { server != nil }

    var configPath: String { ConfigurationPlace(named: config).path }

    /// Ends with what to do, and exit code 2, where there is no file or none for us.
    func checkPresence() throws {
        if let obstacle = ConfigurationPlace(named: config).obstacle { throw Failure(.usage, obstacle) }
    }

    /// Loads the configuration or ends with every problem and exit code 2.
    func load() throws -> Configuration {
        try checkPresence()
        do {
            return try Configuration.checked(path: configPath)
        } catch {
            throw Failure(.usage, "\(error)")
        }
    }

    /// Refuses a workload that is not configured, with those that are; for what finds nothing about it.
    func checkName(_ workload: WorkloadID) async throws {
        if isRemote { return try await client().checkName(workload) }
        let known = (try? load())?.workloads.map(\.id) ?? []
        guard known.isEmpty || known.contains(workload) else {
            throw unknownWorkload(workload.rawValue, known: known.map(\.rawValue))
        }
    }

    func client() throws -> ServiceClient {
        if let server {
            return try ServiceClient(server: server, tokenFile: tokenFile, caFile: caFile)
        }
        if let socket { return ServiceClient(socketPath: socket) }
        return ServiceClient(socketPath: try load().controller.socket)
    }
}

/// Who asks, for the journal.
struct ReasonOptions: ParsableArguments {
    @Option(help: "Why. It goes into the journal.")
    var reason: String

    @Option(help: "Who you are. Default: the user who called sudo, else the user.")
    var by: String?

    func request(_ verb: OperatorRequest.Verb, overrides: [GateID] = []) throws -> OperatorRequest {
        guard !reason.trimmingCharacters(in: .whitespaces).isEmpty else {
            throw Failure(.usage, "--reason must say why: the next person on call will read it")
        }
        return OperatorRequest(verb: verb, by: by ?? currentUser(), reason: reason, overrides: overrides)
    }
}

/// What a person takes the responsibility for.
struct GateOptions: ParsableArguments {
    @Flag(help: "Accept the loss that the lag gate refuses.")
    var allowDataLoss = false

    @Option(help: "Pass over this gate: \(names(.named, ", ")).")
    var override: [String] = []

    static func names(_ override: Gate.Override, _ separator: String) -> String {
        Gates.ids(passedOver: override).map(\.rawValue).joined(separator: separator)
    }

    /// `except`: what the command cannot pass over, and why not.
    func overrides(except: [GateID: String] = [:]) throws -> [GateID] {
        let named = try override.map { name in
            let gate = GateID(name)
            guard case .named = gate.override else {
                let known = Self.names(.named, " or ")
                throw Failure(.usage, "--override takes \(known), not '\(name)'; see drctl failover --help")
            }
            if let because = except[gate] { throw Failure(.usage, "--override \(name): \(because)") }
            return gate
        }
        return named + (allowDataLoss ? [.lag] : [])
    }
}

func currentUser() -> String {
    let environment = ProcessInfo.processInfo.environment
    if let user = environment["SUDO_USER"], !user.isEmpty { return user }
    let name = NSUserName()
    return name.isEmpty ? "uid \(getuid())" : name
}
