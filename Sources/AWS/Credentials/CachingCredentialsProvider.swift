/// Remembers credentials and renews them ahead of their end. One renewal runs at a time, whoever asks. When
/// the issuer fails, what is there stays in use: an issuer's outage must not stop a failover that credentials
/// in hand could still carry out.
public actor CachingCredentialsProvider: CredentialsProvider {
    /// From here to the end, a renewal is tried in the background and its failure does not matter.
    public static let advisoryWindow = Duration.seconds(15 * 60)
    /// From here to the end, callers wait for the renewal: what they have could end before their call does.
    /// No sooner, because an issuer that hangs would hold up everything, the renewals of a lease first.
    public static let mandatoryWindow = Duration.seconds(60)
    /// After a failed renewal the issuer is left alone for this long, and up to twice as long at random.
    static let pause = Duration.seconds(30)

    private let source: any CredentialsSource
    private let surroundings: Surroundings
    private var current: Held?
    private var renewal: Task<Result<Credentials, CredentialsError>, Never>?
    private var failure: (error: CredentialsError, quietUntil: Duration)?

    private struct Held {
        var credentials: Credentials
        /// Short-lived credentials have shorter windows, or they would be renewed at every call.
        var advisoryFrom: WallTime?
        var mandatoryFrom: WallTime?
        var isRefused = false
    }

    private enum Need {
        case none
        case soon
        case now
    }

    public init(_ source: any CredentialsSource, surroundings: Surroundings) {
        self.source = source
        self.surroundings = surroundings
    }

    public func credentials() async throws(CredentialsError) -> Credentials {
        switch need() {
        case .none:
            break
        case .soon:
            if !isQuiet { _ = renewalInFlight() }
        case .now:
            if let failure, isQuiet { return try fallback(failure.error) }
            switch await renewalInFlight().value {
            case .success(let fresh): return fresh
            case .failure(let error): return try fallback(error)
            }
        }
        guard let current else { throw Self.nothing }
        return current.credentials
    }

    public func invalidate(_ refused: Credentials) async {
        guard current?.credentials == refused else { return }
        current?.isRefused = true
    }

    /// Has credentials at hand before anybody asks, and renews them ahead of their end, for as long as the
    /// calling task lives: whoever acts must not wait for an issuer, least of all for a first token.
    public func keepWarm() async {
        while !Task.isCancelled {
            _ = try? await credentials()
            do { try await surroundings.sleep(untilNextLook) } catch { return }
        }
    }

    private var untilNextLook: Duration {
        // Before there are any, soon; later, often enough to notice a wall clock that was set.
        guard let current else { return .seconds(5) }
        guard !isQuiet, let from = current.advisoryFrom else { return .seconds(60) }
        return min(max(from.since(surroundings.now()), .seconds(1)), .seconds(60))
    }

    private static let nothing = CredentialsError(
        source: "any source",
        detail: "none is set up: environment, profile, web identity, container, instance metadata",
        retryable: false)

    private var isQuiet: Bool {
        failure.map { surroundings.steady() < $0.quietUntil } ?? false
    }

    private func need() -> Need {
        guard let current, !current.isRefused else { return .now }
        let now = surroundings.now()
        if let from = current.mandatoryFrom, now >= from { return .now }
        if let from = current.advisoryFrom, now >= from { return .soon }
        return .none
    }

    private func fallback(_ error: CredentialsError) throws(CredentialsError) -> Credentials {
        guard let current, !current.isRefused else { throw error }
        return current.credentials
    }

    private func renewalInFlight() -> Task<Result<Credentials, CredentialsError>, Never> {
        if let renewal { return renewal }
        let task = Task { await renew() }
        renewal = task
        return task
    }

    private func renew() async -> Result<Credentials, CredentialsError> {
        defer { renewal = nil }
        do {
            guard let fresh = try await source.load() else { throw Self.nothing }
            failure = nil
            current = hold(fresh)
            return .success(fresh)
        } catch {
            let error = error as? CredentialsError ?? Self.nothing
            let pause = Duration.seconds(Self.pause.inSeconds * (1 + surroundings.random()))
            // Before there are any credentials at all, a caller's own pace decides.
            failure = current == nil ? nil : (error, surroundings.steady() + pause)
            return .failure(error)
        }
    }

    private func hold(_ credentials: Credentials) -> Held {
        guard let end = credentials.expiration else { return Held(credentials: credentials) }
        let lifetime = end.since(surroundings.now()).inSeconds
        // An issuer in trouble hands out what it has, and AWS may go on accepting it; to ask again at every
        // call would not help it.
        guard lifetime > 0 else {
            return Held(credentials: credentials, advisoryFrom: surroundings.now() + Self.pause)
        }
        let advisory = min(Self.advisoryWindow.inSeconds, lifetime / 4)
        let mandatory = min(Self.mandatoryWindow.inSeconds, lifetime / 6)
        return Held(
            credentials: credentials, advisoryFrom: end - .seconds(advisory),
            mandatoryFrom: end - .seconds(mandatory))
    }
}
