import Failover

/// One connection of our own to a database's endpoint: TCP, then PostgreSQL's `SSLRequest`, which needs no
/// user and no password and which only a live server process answers.
public struct Probe: Sendable {
    /// A name with more addresses than this is not a database endpoint; the rest is not tried.
    static let maxAddresses = 4

    private let context: ObserverContext

    public init(context: ObserverContext) {
        self.context = context
    }

    /// Takes at most `ObserverContext.probeLimit` for the name, normally milliseconds, and as much for the
    /// server: a slow resolver must not make the server look slow. `missing` when the task was cancelled.
    public func once(_ endpoint: Endpoint) async -> Reading<ProbeAnswer> {
        await read(endpoint) ?? .unknown(reason: .missing, detail: "\(endpoint): the probe was given up")
    }

    /// Nil when the task was cancelled.
    func read(_ endpoint: Endpoint) async -> Reading<ProbeAnswer>? {
        let found = await withTimeLimit(context.probeLimit, sleep: context.sleep) {
            () -> Result<[String], ResolveError> in
            do throws(ResolveError) {
                return .success(try await context.resolver.addresses(of: endpoint.host))
            } catch {
                return .failure(error)
            }
        }
        guard !Task.isCancelled else { return nil }
        switch found {
        case nil:
            let limit = context.probeLimit.text
            return .unknown(reason: .nameNotResolved, detail: "\(endpoint.host): no answer in \(limit)")
        case .failure(let error):
            return error.kind == .cancelled
                ? nil : .unknown(reason: .nameNotResolved, detail: error.description)
        case .success(let addresses):
            return await firstAnswer(of: addresses.prefix(Self.maxAddresses), endpoint.port)
        }
    }

    /// All addresses at once: one that answers is enough, and a black hole among them costs no time.
    private func firstAnswer(
        of addresses: ArraySlice<String>, _ port: Int
    ) async -> Reading<ProbeAnswer>? {
        await withTaskGroup(of: Reading<ProbeAnswer>?.self) { group in
            for text in addresses {
                group.addTask {
                    guard let address = SocketAddress(text, port: port) else {
                        return .unknown(reason: .malformed, detail: "\(text) port \(port) is no address")
                    }
                    let shown = text.contains(":") ? "[\(text)]:\(port)" : "\(text):\(port)"
                    return await context.sockets.ask(address, limit: context.probeLimit).reading(from: shown)
                }
            }
            var best: Reading<ProbeAnswer>?
            for await reading in group {
                if reading?.value?.answered == true {
                    group.cancelAll()
                    return reading
                }
                best = Self.moreTelling(best, reading)
            }
            return best
        }
    }

    /// Of two readings without an answer: that one address did not answer says more than that another could
    /// not be tried.
    static func moreTelling(
        _ one: Reading<ProbeAnswer>?, _ other: Reading<ProbeAnswer>?
    ) -> Reading<ProbeAnswer>? {
        one?.value == nil ? other ?? one : one
    }
}
