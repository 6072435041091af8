/// The shared files of the AWS tools, as they were at one moment.
public struct ProfileStore: Sendable {
    /// The profile in use: the one that was asked for, the environment's, or `default`.
    public let chosenName: String
    /// Whether the program itself asked for a profile, in which case credentials in the environment do not
    /// count. One that the environment names does not go before keys that stand beside it.
    public let isChosenExplicitly: Bool
    private let credentials: INIFile
    private let config: INIFile
    private let profiles: [String: [String: String]]
    private let services: [String: [String: INIFile.Value]]
    private let sessions: [String: [String: String]]

    /// A file that is absent or unreadable counts as empty, unless the environment names it. A profile that
    /// somebody named must be there.
    public init(_ surroundings: Surroundings, choosing: String? = nil) throws(CredentialsError) {
        let named =
            choosing ?? surroundings.variable("AWS_DEFAULT_PROFILE") ?? surroundings.variable("AWS_PROFILE")
        chosenName = named ?? "default"
        isChosenExplicitly = choosing != nil
        let credentials = try Self.file("AWS_SHARED_CREDENTIALS_FILE", "credentials", surroundings)
        let config = try Self.file("AWS_CONFIG_FILE", "config", surroundings)
        let found = Self.sorted(config)
        var profiles = found.profiles
        for name in credentials.order {
            profiles[name, default: [:]].merge(credentials.texts(name) ?? [:]) { $1 }
        }
        self.credentials = credentials
        self.config = config
        self.profiles = profiles
        services = found.services
        sessions = found.sessions
        if let named, profiles[named] == nil {
            throw CredentialsError(
                source: "profile \(named)", detail: "there is no such profile", retryable: false)
        }
    }

    /// Nil when neither file knows the profile.
    public func profile(_ name: String) -> Profile? {
        guard let values = profiles[name] else { return nil }
        return Profile(name: name, values: values, serviceEndpoints: endpoints(values["services"]))
    }

    public var chosen: Profile? { profile(chosenName) }

    /// What the credentials file alone says of a profile.
    func inCredentialsFile(_ name: String) -> [String: String] { credentials.texts(name) ?? [:] }

    /// What the config file alone says of a profile.
    func inConfigFile(_ name: String) -> [String: String] {
        Self.sorted(config).profiles[name] ?? [:]
    }

    /// A `[sso-session …]` section.
    func session(_ name: String) -> [String: String]? { sessions[name] }

    private func endpoints(_ name: String?) -> [String: String] {
        guard let name, let section = services[name] else { return [:] }
        return section.compactMapValues { value in
            if case .nested(let settings) = value { settings["endpoint_url"] } else { nil }
        }
    }

    /// The config file's sections by kind. Of two sections for one name the later one counts.
    private static func sorted(
        _ file: INIFile
    ) -> (
        profiles: [String: [String: String]], services: [String: [String: INIFile.Value]],
        sessions: [String: [String: String]]
    ) {
        var profiles: [String: [String: String]] = [:]
        var services: [String: [String: INIFile.Value]] = [:]
        var sessions: [String: [String: String]] = [:]
        for section in file.order {
            let texts = file.texts(section) ?? [:]
            let words = ShellWords.split(section) ?? []
            if section.hasPrefix("profile") {
                if words.count == 2 { profiles[words[1]] = texts }
            } else if section.hasPrefix("sso-session") {
                if words.count == 2 { sessions[words[1]] = texts }
            } else if section.hasPrefix("services") {
                if words.count == 2 { services[words[1]] = file.sections[section] }
            } else if section == "default" {
                profiles[section] = texts
            }
        }
        return (profiles, services, sessions)
    }

    private static func file(
        _ variable: String, _ name: String, _ surroundings: Surroundings
    ) throws(CredentialsError) -> INIFile {
        func failure(_ detail: String) -> CredentialsError {
            CredentialsError(source: "shared files", detail: detail, retryable: false)
        }
        let named = surroundings.variable(variable)
        guard let path = named ?? surroundings.inHome(".aws/\(name)") else { return INIFile() }
        let expanded = surroundings.expanded(path)
        let text: String
        do {
            text = try surroundings.readFile(expanded)
        } catch {
            guard named != nil else { return INIFile() }
            throw failure("\(variable) names \(expanded), which cannot be read")
        }
        do {
            return try INIFile(text)
        } catch {
            throw failure("\(expanded), line \(error.line): \(error.problem)")
        }
    }
}

extension Surroundings {
    /// A path in the home directory. Nil where there is none.
    func inHome(_ path: String) -> String? {
        variable("HOME").map { "\($0)/\(path)" }
    }

    /// With the home directory in place of `~`.
    func expanded(_ path: String) -> String {
        path.hasPrefix("~/") ? inHome(String(path.dropFirst(2))) ?? path : path
    }
}
