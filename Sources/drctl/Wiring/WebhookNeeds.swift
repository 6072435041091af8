import Foundation
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

    /// A bare name is a systemd credential (`LoadCredential=`). Nil when systemd has given none.
    static func path(of place: String) -> String? {
        if place.hasPrefix("/") { return place }
        return ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"].map { "\($0)/\(place)" }
    }

    /// One a line.
    private static func secrets(_ place: String) throws -> [GenericSecret] {
        guard let path = path(of: place) else {
            throw Failure(.usage, "webhook.secret_file: systemd has given no credential \(place)")
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
