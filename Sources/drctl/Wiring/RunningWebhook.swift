import AWS
import Controller
import Failover
import Foundation
import Journal
import Logging
import Server
import Settings
import Webhook

/// The webhook of a service that holds the journal. Whatever becomes of it, the decision loop goes on: what
/// it lacks (a secret, its store) is told and tried again.
struct RunningWebhook: Sendable {
    let counts = Counts()
    private let running: RunningController
    private let settings: WebhookSettings
    private let clock: MachineClock
    private let logger: Logger

    /// Nil when none is configured.
    init?(_ running: RunningController, logger: Logger) {
        guard let settings = running.assembly.configuration.webhook else { return nil }
        self.running = running
        self.settings = settings
        self.clock = running.assembly.clock
        self.logger = logger
    }

    /// Until it is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                let needs = try WebhookNeeds(settings)
                await run(try intake(needs), needs.identity)
                return
            } catch {
                logger.error("the webhook cannot work: \(sanitized(oneLine("\(error)")))")
            }
            do { try await clock.sleep(for: .seconds(30)) } catch { return }
        }
    }

    private func run(_ intake: Intake, _ identity: IdentityFiles?) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await intake.attend() }
            group.addTask { await serve(intake, identity) }
            group.addTask { await tellRefusals() }
        }
    }

    private func intake(_ needs: WebhookNeeds) throws -> Intake {
        let (clock, aws, controller, logger) = (clock, running.assembly.aws, running.controller, logger)
        let region = running.assembly.configuration.controller.region.rawValue
        return Intake(
            directory: Directory(settings, workloads: running.assembly.configuration.workloads),
            secrets: needs.secrets, counts: counts,
            surroundings: Intake.Surroundings(
                transport: running.assembly.transport, roots: needs.roots, now: { clock.now() },
                // The client compares with the wall clock, and `now` is the steady one.
                clockOffset: {
                    (try? await aws.clockOffset(region: region)).map { $0 + clock.wallClockAhead() }
                },
                arrivals: try ArrivalStore(path: settings.store),
                confirm: { topic, token in await Self.confirm(topic, token, aws, logger) },
                look: { workload, because in await controller.lookNow(at: workload, because: because) },
                note: { logger.warning("webhook: \(sanitized(oneLine($0)))") }))
    }

    /// An address that is in use may become free.
    private func serve(_ intake: Intake, _ identity: IdentityFiles?) async {
        while !Task.isCancelled {
            do {
                try await serveUntilRenewed(intake, identity)
                continue
            } catch is CancellationError {
                return
            } catch {
                logger.error("the webhook cannot listen: \(sanitized(oneLine("\(error)")))")
            }
            do { try await clock.sleep(for: .seconds(30)) } catch { return }
        }
    }

    /// A certificate that was renewed on disk is taken by listening anew.
    private func serveUntilRenewed(_ intake: Intake, _ identity: IdentityFiles?) async throws {
        // Hummingbird tells of every request that was not well-formed; strangers must not fill the log.
        var quiet = Logger(label: "drctl.webhook")
        quiet.logLevel = .critical
        let server = WebhookServer(
            intake: intake, host: settings.listen.host, port: settings.listen.port,
            identity: identity?.identity, now: { [clock] in clock.now() }, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.run { port in logger.info("the webhook listens on port \(port)") }
            }
            if let identity {
                group.addTask {
                    try await identity.renewed(clock)
                    logger.notice("the webhook's certificate has been renewed")
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// One line a minute, however many there were.
    private func tellRefusals() async {
        var told: [Counts.Row: Int] = [:]
        while true {
            do { try await clock.sleep(for: .seconds(60)) } catch { return }
            let bad = counts.all.filter { $0.row.answer.status != 200 }
            let fresh = bad.filter { $0.count > told[$0.row] ?? 0 }
            if !fresh.isEmpty {
                let list = fresh.map { row, count in
                    "\(count - (told[row] ?? 0)) \(row.door) \(row.answer.name)"
                }
                logger.warning("webhook: turned away in the last minute: \(list.joined(separator: ", "))")
            }
            told = Dictionary(uniqueKeysWithValues: bad.map { ($0.row, $0.count) })
        }
    }

    private static func confirm(
        _ topic: TopicARN, _ token: String, _ aws: AWSClient, _ logger: Logger
    ) async -> Bool {
        do throws(AWSError) {
            // SNS waits for 15 s.
            _ = try await aws.call(
                ConfirmSubscription(topicArn: topic.text, token: token, authenticateOnUnsubscribe: true),
                region: topic.region.rawValue,
                options: CallOptions(attemptTimeout: .seconds(5), deadline: .seconds(10), maxAttempts: 2))
            return true
        } catch {
            let why = sanitized(oneLine("\(error)"))
            logger.error("the subscription to \(topic.text) is not confirmed: \(why)")
            return false
        }
    }
}

extension Directory {
    fileprivate init(_ settings: WebhookSettings, workloads: [Workload]) {
        self.init(workloads: workloads)
        for topic in settings.topics { topics[topic.arn] = topic.workloads }
        for alarm in settings.alarms { alarms[alarm.alarm] = alarm.workloads }
        for database in settings.databases {
            add(database: database.identifier, in: database.region, for: database.workloads)
        }
    }
}
