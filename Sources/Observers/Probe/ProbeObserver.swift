import Failover

/// Our own connection to the endpoint of each side: TCP, then PostgreSQL's `SSLRequest`, which needs no user and no
/// password and which only a live server process answers.
public struct ProbeObserver: Observer {
    public let name = "probe"
    public let context: ObserverContext

    /// A name with more addresses than this is not a database endpoint; the rest is not tried.
    static let maxAddresses = 4

    private static let source = "TCP probe"
    private static let vantage = "this host"

    public init(context: ObserverContext) {
        self.context = context
    }

    public func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand] {
        workloads.flatMap { workload in
            workload.databases.flatMap { database in
                Side.allCases.map { side in
                    errand(
                        Question(
                            workload: workload.id, database: database.id,
                            slot: side == .primary ? .primaryProbe : .standbyProbe),
                        side, database.site(side).endpoint)
                }
            }
        }
    }

    private func errand(_ question: Question, _ side: Side, _ endpoint: Endpoint) -> Errand {
        Errand(
            source: Self.source, vantage: Self.vantage, questions: [question],
            // A last resort: the probe's own limits come first. The wait for one of `ProbeThread.maxRunning` turns
            // is in it, four rounds of silent ones.
            limit: context.probeLimit * 4 + .seconds(1)
        ) {
            guard let reading = await read(endpoint) else { return [] }
            return [
                question.observed(
                    .probe(side: side, reading: reading), source: Self.source, vantage: Self.vantage,
                    at: context.now())
            ]
        }
    }

    /// Nil when the task was cancelled.
    func read(_ endpoint: Endpoint) async -> Reading<ProbeAnswer>? {
        let startedAt = monotonicNow()
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
            // What the name took is gone; but an answer that came late still leaves time for a handshake.
            let left = max(context.probeLimit - (monotonicNow() - startedAt), .seconds(1))
            return await firstAnswer(of: addresses.prefix(Self.maxAddresses), endpoint.port, left)
        }
    }

    /// All addresses at once: one that answers is enough, and a black hole among them costs no time.
    private func firstAnswer(
        of addresses: ArraySlice<String>, _ port: Int, _ limit: Duration
    ) async -> Reading<ProbeAnswer>? {
        await withTaskGroup(of: Reading<ProbeAnswer>?.self) { group in
            for text in addresses {
                group.addTask {
                    guard let address = SocketAddress(text, port: port) else {
                        return .unknown(reason: .malformed, detail: "\(text) port \(port) is no address")
                    }
                    let shown = text.contains(":") ? "[\(text)]:\(port)" : "\(text):\(port)"
                    return await context.sockets.ask(address, limit: limit).reading(from: shown)
                }
            }
            var best: Reading<ProbeAnswer>?
            for await reading in group {
                if reading?.value?.answered == true {
                    group.cancelAll()
                    return reading
                }
                // That one address did not answer says more than that another could not be tried.
                if best?.value == nil { best = reading ?? best }
            }
            return best
        }
    }
}
