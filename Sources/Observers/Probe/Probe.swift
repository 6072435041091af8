import Failover

/// One connection of our own to a database's endpoint: TCP, then PostgreSQL's `SSLRequest`, which needs no
/// user and no password and which only a live server process answers. Then, where it is asked for, a session
/// in SQL.
public struct Probe: Sendable {
    /// A name with more addresses than this is not a database endpoint; the rest is not tried.
    static let maxAddresses = 4

    private let context: ObserverContext

    public init(context: ObserverContext) {
        self.context = context
    }

    /// Takes at most `ObserverContext.probeLimit` for the name, normally milliseconds, and as much for the
    /// server: a slow resolver must not make the server look slow. With `sql` `ObserverContext.sqlLimit`
    /// more. `missing` when the task was cancelled.
    public func once(_ endpoint: Endpoint, asking sql: SQLQuestion? = nil) async -> Reading<ProbeAnswer> {
        await read(endpoint, asking: sql)
            ?? .unknown(reason: .missing, detail: "\(endpoint): the probe was given up")
    }

    /// Nil when the task was cancelled.
    func read(_ endpoint: Endpoint, asking sql: SQLQuestion? = nil) async -> Reading<ProbeAnswer>? {
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
            let first = await firstAnswer(of: addresses.prefix(Self.maxAddresses), endpoint.port)
            guard let sql, let first, case .known(var answer) = first.reading, answer.answered else {
                return first?.reading
            }
            switch await ask(sql, first.address, of: endpoint) {
            case .success(let said): answer.sql = said
            case .failure(let untold): return untold.reading
            }
            return .known(value: answer)
        }
    }

    /// What one address answered.
    struct Answer: Sendable {
        var address: String
        /// Nil when it was cancelled.
        var reading: Reading<ProbeAnswer>?
    }

    /// No answer in SQL, and not for a reason of the server's; nil when it was cancelled.
    private struct Untold: Error {
        var reading: Reading<ProbeAnswer>?
    }

    /// Where the server answers already: only then does silence in SQL say something of its own.
    private func ask(
        _ question: SQLQuestion, _ address: String, of endpoint: Endpoint
    ) async -> Result<SQLAnswer, Untold> {
        let password: SQLPassword
        do throws(SQLPassword.Fault) {
            password = try SQLPassword(file: question.access.passwordFile)
        } catch {
            return .success(SQLAnswer(outcome: .turnedAway, detail: error.text))
        }
        let outcome = await context.sessions.ask(
            SQLOrder(
                access: question.access, password: password, host: question.host ?? endpoint.host,
                address: address, port: endpoint.port, task: question.task,
                tellsPosition: question.tellsPosition, limit: context.sqlLimit))
        if let answer = outcome.answer(to: question.task, now: context.now()) { return .success(answer) }
        switch outcome {
        case .couldNotTry(let why), .broken(let why, _):
            let text = "this host could not ask \(endpoint) in SQL: \(why)"
            return .failure(Untold(reading: .unknown(reason: .silent, detail: text)))
        case .answered, .refused, .overdue, .cancelled: return .failure(Untold(reading: nil))
        }
    }

    /// All addresses at once: one that answers is enough, and a black hole among them costs no time.
    private func firstAnswer(of addresses: ArraySlice<String>, _ port: Int) async -> Answer? {
        // As nearly all databases have it: nothing to race, and no task to make for each probe.
        if addresses.count == 1, let only = addresses.first {
            return Answer(address: only, reading: await reading(of: only, port))
        }
        return await withTaskGroup(of: Answer.self) { group in
            for text in addresses {
                group.addTask { Answer(address: text, reading: await reading(of: text, port)) }
            }
            var best: Answer?
            for await answer in group {
                if answer.reading?.value?.answered == true {
                    group.cancelAll()
                    return answer
                }
                best = Self.moreTelling(best, answer)
            }
            return best
        }
    }

    private func reading(of text: String, _ port: Int) async -> Reading<ProbeAnswer>? {
        guard let address = SocketAddress(text, port: port) else {
            return .unknown(reason: .malformed, detail: "\(text) port \(port) is no address")
        }
        let shown = text.contains(":") ? "[\(text)]:\(port)" : "\(text):\(port)"
        return await context.sockets.ask(address, limit: context.probeLimit).reading(from: shown)
    }

    /// Of two readings without an answer: that one address did not answer says more than that another could
    /// not be tried.
    static func moreTelling(_ one: Answer?, _ other: Answer) -> Answer {
        guard let one else { return other }
        return one.reading?.value == nil && other.reading != nil ? other : one
    }
}
