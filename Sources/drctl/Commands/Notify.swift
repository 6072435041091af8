import ArgumentParser
import Execution
import Failover
import Settings

struct Notify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove that people would be told.", subcommands: [Test.self])

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a test message through each notifier, and print what came of it.",
            discussion: """
                Asks no service: it reads the configuration and the files that it names, so run it as root \
                or as drctl. With systemd credentials, see docs/notifications.md. PagerDuty opens an alert \
                of severity info and resolves it at once. Exits with 1 when one is not taken.
                """)

        @Option(help: "Only this one.")
        var notifier: String?

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let assembly = try Assembly(common.load())
            let notifiers = assembly.notifiers(maySpeak: { true }, report: { _ in }).all
            let chosen = try self.chosen(notifiers)
            let message = Bulletin.test(at: assembly.clock.now(), by: currentUser())
            let outcomes = await send(message, to: chosen, assembly.clock)
            if common.json { try printJSON(outcomes) } else { say(Self.text(outcomes)) }
            guard outcomes.allSatisfy({ $0.failure == nil }) else { throw Failure(.failed) }
        }

        private func chosen(_ all: [Notifier]) throws -> [Notifier] {
            guard !all.isEmpty else {
                throw Failure(.usage, "there is no notifier: write one under notifications.notifiers")
            }
            guard let notifier else { return all }
            let found = all.filter { $0.name == notifier }
            guard !found.isEmpty else {
                let known = all.map(\.name)
                let meant = nearest(to: notifier, in: known).map { "; did you mean \($0)?" } ?? ""
                throw Failure(
                    .usage,
                    "there is no notifier '\(notifier)'; known: \(known.joined(separator: ", "))\(meant)")
            }
            return found
        }

        private func send(
            _ message: Bulletin, to notifiers: [Notifier], _ clock: MachineClock
        ) async -> [Outcome] {
            await withTaskGroup(of: (Int, Outcome).self) { group in
                for (index, notifier) in notifiers.enumerated() {
                    group.addTask {
                        let began = clock.elapsed()
                        // Longer than any of them can take: a person wants to know how it ends.
                        let delivery = await notifier.tell(message, patience: .seconds(600))
                        let took = (clock.elapsed() - began).inSeconds
                        return (
                            index,
                            Outcome(
                                notifier: notifier.name, type: notifier.channel.type,
                                delivered: delivery.failure == nil, tookSeconds: took,
                                failure: delivery.failure)
                        )
                    }
                }
                var outcomes: [(Int, Outcome)] = []
                for await outcome in group { outcomes.append(outcome) }
                return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
            }
        }

        static func text(_ outcomes: [Outcome]) -> String {
            let rows = outcomes.map { outcome in
                [
                    outcome.delivered ? "ok" : "FAILED", outcome.notifier, outcome.type,
                    Duration.milliseconds(Int64(outcome.tookSeconds * 1000)).text, outcome.failure ?? "taken",
                ]
            }
            return table(rows)
        }
    }

    struct Outcome: Encodable {
        var notifier: String
        var type: String
        var delivered: Bool
        var tookSeconds: Double
        var failure: String?
    }
}
