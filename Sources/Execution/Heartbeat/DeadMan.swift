import Failover
import HTTPTransport

/// Asks for a URL every few minutes for as long as the decision loop goes round: somebody else's service
/// raises the alarm when that ends, also when this whole Region is gone.
public struct DeadMan: Sendable {
    private let url: SecretFile
    private let every: Duration
    private let transport: any Transport
    private let surroundings: NotifierSurroundings
    /// When the decision loop last came round; nil while it may not count: the journal fails, or another
    /// host leads.
    private let progress: @Sendable () async -> Timestamp?

    static let attemptLimit = Duration.seconds(10)

    public init(
        url: SecretFile, every: Duration, transport: any Transport, surroundings: NotifierSurroundings,
        progress: @escaping @Sendable () async -> Timestamp?
    ) {
        self.url = url
        self.every = every
        self.transport = transport
        self.surroundings = surroundings
        self.progress = progress
    }

    /// Until it is cancelled.
    public func run() async {
        var seen = Timestamp(milliseconds: .min)
        var pingedAt: Timestamp?
        var isTroubled = false
        while !Task.isCancelled {
            let now = surroundings.now()
            let isDue = pingedAt.map { now - $0 >= every } ?? true
            // A loop that stands still must not be told to be alive.
            if isDue, let turn = await progress(), turn > seen {
                seen = turn
                pingedAt = now
                let trouble = await ping()
                if let trouble, !isTroubled { surroundings.report(.trouble("dead_man: \(trouble)")) }
                if trouble == nil, isTroubled { surroundings.report(.recovery("dead_man: works again")) }
                isTroubled = trouble != nil
            }
            do { try await surroundings.sleep(Self.glance) } catch { return }
        }
    }

    /// How often the loop is looked at.
    private static let glance = Duration.seconds(5)

    /// Twice at most: the other side allows for one that is lost. Why it failed; nil when it did not.
    private func ping() async -> String? {
        let url: Secret
        do throws(SecretFile.Fault) { url = try self.url.read() } catch { return error.text }
        var trouble: String?
        for _ in 1...2 {
            switch await HTTPPost(transport, to: url).ping(limit: Self.attemptLimit) {
            case .delivered: return nil
            case .refused(let why): return why
            case .failed(let why, _): trouble = why
            }
        }
        return trouble
    }
}

extension HTTPPost {
    /// Asks for the URL, without a body.
    func ping(limit: Duration) async -> Attempted {
        guard Self.isSafe(url.text) else {
            return .refused("its file holds no https URL (http is for loopback addresses alone)")
        }
        return await answer(
            to: HTTPRequest(
                url: url.text, timeouts: Timeouts(connect: min(limit, .seconds(5)), total: limit),
                maxResponseBytes: Self.maxAnswer))
    }
}
