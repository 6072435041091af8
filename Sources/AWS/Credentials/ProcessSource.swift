/// `credential_process`: a command of the user's, which prints credentials. No shell is in between.
struct ProcessSource: CredentialsSource {
    private let profile: Profile
    private let surroundings: Surroundings

    init(_ profile: Profile, _ surroundings: Surroundings) {
        self.profile = profile
        self.surroundings = surroundings
    }

    func load() async throws(CredentialsError) -> Credentials? {
        guard let line = profile.value("credential_process") else { return nil }
        guard let command = ShellWords.split(line), !command.isEmpty else {
            throw failure("credential_process has a quotation that does not end", retryable: false)
        }
        let result: CommandResult
        do {
            result = try await surroundings.runCommand(command)
        } catch {
            throw failure("\(command[0]) could not be run: \(error)", retryable: true)
        }
        // What it printed may hold secrets, and is not shown.
        guard result.status == 0 else {
            throw failure("\(command[0]) ended with status \(result.status)", retryable: true)
        }
        return try read(result.output, of: command[0])
    }

    private func read(_ output: [UInt8], of command: String) throws(CredentialsError) -> Credentials {
        let document: JSONValue
        do {
            document = try JSONReader.parse(output)
        } catch {
            throw failure("\(command) does not print a JSON document", retryable: true)
        }
        guard case .number("1") = document["Version"] else {
            throw failure("\(command) prints a document whose Version is not 1", retryable: false)
        }
        guard let key = document["AccessKeyId"]?.string, !key.isEmpty,
            let secret = document["SecretAccessKey"]?.string, !secret.isEmpty
        else { throw failure("\(command) prints no AccessKeyId or no SecretAccessKey", retryable: false) }
        var expiration: WallTime?
        if let text = document["Expiration"]?.string {
            expiration = WallTime(iso8601: text)
            if expiration == nil {
                throw failure("\(command) prints an Expiration that is no ISO 8601 time", retryable: false)
            }
        }
        return Credentials(
            accessKeyID: key, secretAccessKey: secret, sessionToken: document["SessionToken"]?.string,
            expiration: expiration, source: "process of profile \(profile.name)")
    }

    private func failure(_ detail: String, retryable: Bool) -> CredentialsError {
        CredentialsError(source: "profile \(profile.name)", detail: detail, retryable: retryable)
    }
}
