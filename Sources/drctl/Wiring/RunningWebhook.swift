import AWS
import Controller
import Failover
import Foundation
import Journal
import Logging
import Server
import Settings
import Webhook

/// The webhook of a service that holds the journal. Whatever becomes of it, the decision loop goes on.
struct RunningWebhook: Sendable {
    let intake: Intake
    private let server: WebhookServer
    private let clock: MachineClock
    private let logger: Logger

    /// Nil when none is configured.
    init?(_ running: RunningController, logger: Logger) throws {
        let assembly = running.assembly
        guard let settings = assembly.configuration.webhook else { return nil }
        guard let roots = TrustedRoots(caFile: settings.caFile) else {
            let what = settings.caFile ?? "the system's roots"
            throw Failure(.usage, "webhook.ca_file: \(what) cannot be read")
        }
        let secrets = try settings.secretFile.map(Self.secrets) ?? []
        let arrivals: ArrivalStore
        do {
            arrivals = try ArrivalStore(path: settings.store)
        } catch {
            throw Failure(.failed, "\(error)")
        }
        let (clock, aws, controller) = (assembly.clock, assembly.aws, running.controller)
        self.clock = clock
        self.logger = logger
        intake = Intake(
            directory: Directory(settings, workloads: assembly.configuration.workloads), secrets: secrets,
            surroundings: Intake.Surroundings(
                transport: assembly.transport, roots: roots, now: { clock.now() }, arrivals: arrivals,
                confirm: { topic, token in await Self.confirm(topic, token, aws, logger) },
                look: { workload, because in await controller.lookNow(at: workload, because: because) },
                note: { logger.warning("webhook: \(sanitized(oneLine($0)))") }))
        // Hummingbird tells of every request that was not well-formed; strangers must not fill the log.
        var quiet = Logger(label: "drctl.webhook")
        quiet.logLevel = .critical
        server = WebhookServer(
            intake: intake, host: settings.listen.host, port: settings.listen.port, now: { clock.now() },
            logger: quiet)
    }

    /// Until it is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await intake.attend() }
            group.addTask { await serve() }
            group.addTask { await tellRefusals() }
        }
    }

    /// An address that is in use may become free.
    private func serve() async {
        while !Task.isCancelled {
            do {
                try await server.run { port in logger.info("the webhook listens on port \(port)") }
            } catch {
                logger.error("the webhook cannot listen: \(sanitized(oneLine("\(error)")))")
            }
            do { try await clock.sleep(for: .seconds(30)) } catch { return }
        }
    }

    /// One line a minute, however many there were.
    private func tellRefusals() async {
        var told: [Counts.Row: Int] = [:]
        while true {
            do { try await clock.sleep(for: .seconds(60)) } catch { return }
            let bad = intake.counts.all.filter { $0.row.answer.status != 200 }
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

    /// One a line. A bare name is a systemd credential (`LoadCredential=`).
    private static func secrets(_ place: String) throws -> [GenericSecret] {
        var path = place
        if !place.hasPrefix("/") {
            guard let folder = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] else {
                throw Failure(.usage, "webhook.secret_file: systemd has given no credential \(place)")
            }
            path = "\(folder)/\(place)"
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure(.usage, "webhook.secret_file: \(path) cannot be read")
        }
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        let secrets = lines.compactMap { GenericSecret($0) }
        guard (1...4).contains(lines.count), secrets.count == lines.count else {
            throw Failure(
                .usage,
                "webhook.secret_file: \(path) must have one to four lines, each of "
                    + "\(GenericSecret.minimumBytes) or more characters")
        }
        return secrets
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
