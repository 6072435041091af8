import AWS

/// Hands out credentials by a script, the last line for ever, and counts.
actor ScriptedSource: CredentialsSource {
    private let script: [Result<Credentials, CredentialsError>]
    private(set) var loads = 0

    init(_ script: Result<Credentials, CredentialsError>...) {
        self.script = script
    }

    func load() async throws(CredentialsError) -> Credentials? {
        loads += 1
        return try script[min(loads, script.count) - 1].get()
    }
}
