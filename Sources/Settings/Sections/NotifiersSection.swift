import Failover

enum TellingKey: String, SectionKey {
    case notifiers, heartbeat, runbooks
    case deadMan = "dead_man"

    static let places = ["notifications"]
}

enum NotifierKey: String, SectionKey {
    case type, url, server, tls, user, from, to, timeout, attempts
    case urlFile = "url_file"
    case secretFile = "secret_file"
    case routingKeyFile = "routing_key_file"
    case passwordFile = "password_file"
    case caBundle = "ca_bundle"

    static let places = ["notifications.notifiers.*"]
}

enum NotifierType: String, CaseIterable {
    case webhook, slack, pagerduty, email
}

enum MailSecurity: String, CaseIterable {
    case starttls, tls
}

extension NotificationSettings {
    init(_ section: Section<TellingKey>) {
        self.init()
        runbooks = section.field(.runbooks)?.text(Shapes.secureURL)?.value
        heartbeat = HeartbeatSettings.read(section.field(.heartbeat))
        deadMan = section.field(.deadMan)?.section(DeadManKey.self).flatMap(DeadManSettings.init)
        let named = section.field(.notifiers)?.named(atMost: 20) ?? []
        notifiers = named.compactMap { name, field in
            if (try? Shapes.name(name)) == nil {
                field.findings.refuse(
                    field.keyPosition, field.path, "is not a usable name; use \(Shapes.nameForm)")
            }
            return field.section(NotifierKey.self).flatMap { NotifierSettings(name, $0) }
        }
    }
}

extension NotifierSettings {
    /// Nil when something is missing or was refused; that has been reported then.
    init?(_ name: String, _ section: Section<NotifierKey>) {
        let timeout = section.field(.timeout)?.duration(in: .seconds(1) ... .minutes(1))
        let attempts = section.field(.attempts)?.integer(in: 1...5)
        let caBundle = section.field(.caBundle)?.text(Shapes.absolutePath)
        guard
            let type = section.required(.type, "webhook, slack, pagerduty or email")?.choice(
                NotifierType.self)
        else { return nil }
        Self.forbid(type.value, section)
        let channel: Channel? =
            switch type.value {
            case .webhook: Self.webhook(section)
            case .slack: Self.urlFile(section).map { .slack(urlFile: $0) }
            case .pagerduty: Self.pagerDuty(section)
            case .email: Email(section).map { .email($0) }
            }
        guard let channel else { return nil }
        self.init(
            name: name, channel: channel, caBundle: caBundle?.value, timeout: timeout?.value ?? .seconds(10),
            attempts: attempts?.value ?? 3)
    }

    private static func forbid(_ type: NotifierType, _ section: Section<NotifierKey>) {
        let own: Set<NotifierKey> =
            switch type {
            case .webhook: [.urlFile, .secretFile]
            case .slack: [.urlFile]
            case .pagerduty: [.routingKeyFile, .url]
            case .email: [.server, .tls, .user, .passwordFile, .from, .to]
            }
        let common: Set<NotifierKey> = [.type, .timeout, .attempts, .caBundle]
        for key in NotifierKey.allCases where !own.union(common).contains(key) {
            section.forbid(key, because: "has no meaning with type \(type.rawValue)")
        }
    }

    private static func urlFile(_ section: Section<NotifierKey>) -> String? {
        let purpose = "a file that holds the address and nothing else: whoever knows it can write there"
        return section.required(.urlFile, purpose)?.text(Shapes.secretFile)?.value
    }

    private static func webhook(_ section: Section<NotifierKey>) -> Channel? {
        let secret = section.field(.secretFile).map { $0.text(Shapes.secretFile) }
        let wasRefused = secret.map { $0 == nil } ?? false
        guard let url = urlFile(section), !wasRefused else { return nil }
        return .webhook(urlFile: url, secretFile: (secret ?? nil)?.value)
    }

    private static func pagerDuty(_ section: Section<NotifierKey>) -> Channel? {
        let purpose = "a file that holds the integration key of an Events API v2 integration"
        let key = section.required(.routingKeyFile, purpose)?.text(Shapes.secretFile)
        let url = section.field(.url).map { $0.text(Shapes.noticeURL)?.value }
        let wasRefused = url.map { $0 == nil } ?? false
        guard let key, !wasRefused else { return nil }
        return .pagerDuty(
            routingKeyFile: key.value, url: (url ?? nil) ?? "https://events.pagerduty.com/v2/enqueue")
    }
}

extension NotifierSettings.Email {
    init?(_ section: Section<NotifierKey>) {
        let server = section.required(.server, "the mail server as host:port, such as smtp.example.com:587")?
            .text(Shapes.endpoint)
        let tls = section.field(.tls)?.choice(MailSecurity.self)
        let user = section.field(.user)?.text(Shapes.mailUser)
        let password = section.field(.passwordFile)?.text(Shapes.secretFile)
        let from = section.required(.from, "the sender's address")?.text(Shapes.mailAddress)
        let to = section.required(.to, "the addresses to write to, such as [oncall@example.com]")
        let recipients = to?.items(atMost: 50)?.compactMap { $0.text(Shapes.mailAddress) }
        if let recipients, recipients.isEmpty { to?.refuse("is empty; write at least one address") }
        section.findings.refuseDuplicates(recipients ?? [])
        if user != nil, section.field(.passwordFile) == nil {
            _ = section.required(.passwordFile, "a file that holds the user's password and nothing else")
        }
        if section.field(.user) == nil, section.field(.passwordFile) != nil {
            _ = section.required(.user, "whose password it is")
        }
        guard let server, let from, let recipients, !recipients.isEmpty else { return nil }
        self.init(
            host: server.value.host, port: server.value.port,
            // Port 465 is for TLS from the start (RFC 8314), all others by custom for STARTTLS.
            isTLSFromTheStart: tls.map { $0.value == .tls } ?? (server.value.port == 465),
            user: user?.value, passwordFile: password?.value, sender: from.value,
            recipients: recipients.map(\.value))
    }
}
