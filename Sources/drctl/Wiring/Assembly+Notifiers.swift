import Execution
import Failover
import Foundation
import HTTPTransport
import Settings

/// The notifiers as config.yaml has them.
extension Assembly {
    /// `maySpeak`: whether this host is the one that tells. `report`: one line for the log.
    func notifiers(
        maySpeak: @escaping @Sendable () async -> Bool,
        report: @escaping @Sendable (NotifierSurroundings.Report) -> Void
    ) -> Notifiers {
        let settings = configuration.notifications?.notifiers ?? []
        let surroundings = notifierSurroundings(maySpeak: maySpeak, report: report)
        let shared = settings.isEmpty ? nil : outwardTransport(caBundle: nil)
        return Notifiers(
            settings.map { settings in
                Notifier(
                    name: settings.name, channel: channel(settings, shared),
                    terms: NotifierTerms(attemptLimit: settings.timeout, attempts: settings.attempts),
                    surroundings: surroundings)
            })
    }

    func notifierSurroundings(
        maySpeak: @escaping @Sendable () async -> Bool,
        report: @escaping @Sendable (NotifierSurroundings.Report) -> Void
    ) -> NotifierSurroundings {
        let clock = clock
        return NotifierSurroundings(
            now: { clock.now() }, sleep: { try await clock.sleep(for: $0) }, maySpeak: maySpeak,
            report: report)
    }

    /// Not AWS's: `aws.ca_bundle` says whom to trust as AWS, and nobody else.
    func outwardTransport(caBundle: String?) -> CurlTransport {
        CurlTransport(
            configuration: .init(
                caBundlePath: caBundle,
                proxy: .environment(ProxyEnvironment(of: ProcessInfo.processInfo.environment)),
                maxConnections: 32, userAgent: "drctl/\(Drctl.version)"))
    }

    func secretFile(_ place: String) -> SecretFile {
        SecretFile(place, credentials: ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"])
    }

    private var links: RunbookLinks { RunbookLinks(base: configuration.notifications?.runbooks) }

    private func channel(_ settings: NotifierSettings, _ shared: CurlTransport?) -> any Channel {
        let clock = clock
        func transport() -> CurlTransport {
            if settings.caBundle == nil, let shared { return shared }
            return outwardTransport(caBundle: settings.caBundle)
        }
        switch settings.channel {
        case .webhook(let url, let secret):
            return WebhookChannel(
                transport: transport(), url: secretFile(url), secret: secret.map(secretFile), links: links,
                now: { clock.now() })
        case .slack(let url):
            return SlackChannel(transport: transport(), url: secretFile(url), links: links)
        case .pagerDuty(let key, let url):
            return PagerDutyChannel(
                transport: transport(), routingKey: secretFile(key), url: url, links: links)
        case .email(let email):
            return MailChannel(
                transport: CurlMailTransport(),
                server: MailServer(
                    host: email.host, port: email.port, isTLSFromTheStart: email.isTLSFromTheStart,
                    user: email.user, password: email.passwordFile.map(secretFile), sender: email.sender,
                    recipients: email.recipients, caBundlePath: settings.caBundle),
                links: links)
        }
    }
}
