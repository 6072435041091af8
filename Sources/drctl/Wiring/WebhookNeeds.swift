import Settings
import Webhook

/// What the webhook must have from this host before it can take a message.
struct WebhookNeeds {
    let roots: TrustedRoots
    /// None when nobody but SNS may send.
    let secrets: [GenericSecret]
    /// None when something before it speaks TLS.
    let identity: IdentityFiles?

    init(_ settings: WebhookSettings) throws {
        guard let roots = TrustedRoots(caFile: settings.caFile) else {
            let what = settings.caFile ?? "the system's roots"
            throw Failure(.usage, "webhook.ca_file: \(what) cannot be read")
        }
        self.roots = roots
        secrets = try settings.secretFile.map(Self.secrets) ?? []
        identity = try IdentityFiles(
            section: "webhook", certificate: settings.certificateFile, key: settings.keyFile)
    }

    /// One a line.
    private static func secrets(_ file: String) throws -> [GenericSecret] {
        let place = try SecretPlace(file, setting: "webhook.secret_file")
        let lines = try place.text().split(whereSeparator: \.isNewline).map(String.init)
        let secrets = lines.compactMap { GenericSecret($0) }
        guard (1...4).contains(lines.count), secrets.count == lines.count else {
            throw Failure(
                .usage,
                "\(place.setting): \(place.path) must have one to four lines, each of "
                    + "\(GenericSecret.minimumBytes) or more characters")
        }
        return secrets
    }
}
