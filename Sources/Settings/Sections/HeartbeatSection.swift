import Failover
import Foundation

enum HeartbeatKey: String, SectionKey {
    case enabled, at, zone

    static let places = ["notifications.heartbeat"]
}

enum DeadManKey: String, SectionKey {
    case every
    case urlFile = "url_file"

    static let places = ["notifications.dead_man"]
}

extension HeartbeatSettings {
    /// Nil when it is switched off.
    static func read(_ field: Field?) -> HeartbeatSettings? {
        var settings = HeartbeatSettings()
        guard let section = field?.section(HeartbeatKey.self) else { return settings }
        let enabled = section.field(.enabled)?.flag()?.value ?? true
        if let at = section.field(.at)?.text(Shapes.timeOfDay) { settings.minute = at.value }
        if let zone = section.field(.zone)?.text(Shapes.timeZone) { settings.zone = zone.value }
        return enabled ? settings : nil
    }
}

extension DeadManSettings {
    init?(_ section: Section<DeadManKey>) {
        let purpose = "a file that holds the address to ask for and nothing else"
        let file = section.required(.urlFile, purpose)?.text(Shapes.secretFile)
        let every = section.field(.every)?.duration(in: .minutes(1) ... .hours(24))
        guard let file else { return nil }
        self.init(urlFile: file.value, every: every?.value ?? .minutes(5))
    }
}

/// The forms of what notifiers need.
extension Shapes {
    /// An absolute path, `${CREDENTIALS_DIRECTORY}/NAME`, or the bare name of a systemd credential.
    static func secretFile(_ text: String) throws(Refusal) -> String {
        let prefix = "${CREDENTIALS_DIRECTORY}/"
        if text.hasPrefix("http://") || text.hasPrefix("https://") {
            throw Refusal("is the secret itself; write it into a file, and the file's absolute path here")
        }
        _ = try secretPlace(text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text)
        if text.hasPrefix(prefix + "/") {
            throw Refusal("is \(shown(text)); write \(prefix) and the credential's name")
        }
        return text
    }

    static func secureURL(_ text: String) throws(Refusal) -> String {
        guard text.hasPrefix("https://"), !text.contains("@"), (try? baseURL(text)) != nil else {
            throw Refusal("is \(shown(text)); write an https address, https://host/path")
        }
        return text
    }

    /// http is for what stands on this host.
    static func noticeURL(_ text: String) throws(Refusal) -> String {
        if isLoopback(url: text) { return try baseURL(text) }
        return try secureURL(text)
    }

    static func timeOfDay(_ text: String) throws(Refusal) -> Int {
        guard let minute = try? minuteOfDay(text) else {
            throw Refusal("is \(shown(text)); write \"HH:MM\", \"00:00\" to \"23:59\"")
        }
        return minute
    }

    static func timeZone(_ text: String) throws(Refusal) -> String {
        guard TimeZone(identifier: text) != nil else {
            throw Refusal(
                "is \(shown(text)), which is no time zone here; write UTC or a name such as Europe/Berlin")
        }
        return text
    }

    /// `local@domain` as mail servers everywhere take it: quoted local parts and other scripts are refused.
    static func mailAddress(_ text: String) throws(Refusal) -> String {
        guard
            let match = text.wholeMatch(
                of: /([A-Za-z0-9.!#$%&'*+\/=?^_`{|}~-]{1,64})@([A-Za-z0-9.-]{1,253})/),
            isHostName(String(match.2))
        else { throw Refusal("is \(shown(text)); write an address alone, name@example.com") }
        return text
    }

    static func mailUser(_ text: String) throws(Refusal) -> String {
        guard text.wholeMatch(of: /[\x21-\x7E]{1,255}/) != nil else {
            throw Refusal("is \(shown(text)); use 1 to 255 printable ASCII characters without spaces")
        }
        return text
    }
}
