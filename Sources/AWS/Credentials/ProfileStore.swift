/// The shared files of the AWS tools, read once.
public struct ProfileStore: Sendable {
    /// The profile that the environment chooses: `AWS_PROFILE`, or `default`.
    public let chosenName: String
    /// Whether the environment names a profile, in which case keys in the environment do not count.
    public let isChosenExplicitly: Bool
    private let credentials: INIFile
    private let config: INIFile

    /// A file that is absent or unreadable counts as empty, unless the environment names it.
    public init(_ surroundings: Surroundings) throws(CredentialsError) {
        let explicit = surroundings.variable("AWS_PROFILE") ?? surroundings.variable("AWS_DEFAULT_PROFILE")
        chosenName = explicit ?? "default"
        isChosenExplicitly = explicit != nil
        credentials = try Self.file("AWS_SHARED_CREDENTIALS_FILE", "credentials", surroundings)
        config = try Self.file("AWS_CONFIG_FILE", "config", surroundings)
    }

    /// Nil when neither file knows the profile.
    public func profile(_ name: String) -> Profile? {
        let fromCredentials = credentials.sections[name]
        let fromConfig = config.sections[name == "default" ? "default" : "profile \(name)"]
        guard fromCredentials != nil || fromConfig != nil else { return nil }
        let values = (fromConfig ?? [:]).merging(fromCredentials ?? [:]) { $1 }
        return Profile(name: name, values: values, serviceEndpoints: endpoints(values["services"]))
    }

    public var chosen: Profile? { profile(chosenName) }

    private func endpoints(_ services: String?) -> [String: String] {
        guard let services, let section = config.sections["services \(services)"] else { return [:] }
        var endpoints: [String: String] = [:]
        for (key, value) in section where key.hasSuffix(".endpoint_url") {
            endpoints[String(key.dropLast(".endpoint_url".count))] = value
        }
        return endpoints
    }

    private static func file(
        _ variable: String, _ name: String, _ surroundings: Surroundings
    ) throws(CredentialsError) -> INIFile {
        let named = surroundings.variable(variable)
        let home = surroundings.variable("HOME")
        guard let path = named ?? home.map({ "\($0)/.aws/\(name)" }) else { return INIFile("") }
        let expanded = path.hasPrefix("~/") ? "\(home ?? "~")\(path.dropFirst())" : path
        do {
            return INIFile(try surroundings.readFile(expanded))
        } catch {
            guard named != nil else { return INIFile("") }
            throw CredentialsError(
                source: "shared files", detail: "\(variable) names \(expanded), which cannot be read",
                retryable: false)
        }
    }
}
