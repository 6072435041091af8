import Failover
import Journal

/// The journal and the lease in the table that several hosts share, over the network: with the fabric's
/// losses and delays, and with the uncertainty that those bring.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class RemoteStore: FencedJournal, LeaseStore, @unchecked Sendable {
    private let shelf: Shelf
    private let life: Life
    private let clock: HostClock
    private let terms: LeaseTerms
    private let fabric: any Fabric
    private let region: Region
    private let trace: Trace
    /// When the newest renewal that is known to have worked was sent, on the host's clock.
    private var renewedAt: Timestamp?
    /// The newest replacement that was sent, whatever came of it.
    private var asked: (record: LeaseRecord, at: Timestamp)?

    /// How long an answer is waited for.
    private static let patience = Duration.seconds(4)

    init(_ shelf: Shelf, of world: World, life: Life, clock: HostClock, terms: LeaseTerms) {
        self.shelf = shelf
        self.life = life
        self.clock = clock
        self.terms = terms
        fabric = world.fabric
        region = world.layout.tableRegion
        trace = world.trace
    }

    /// Until when, in true time, this process may think that it holds the lease.
    var validUntil: Timestamp? {
        renewedAt.map { clock.trueTime(of: $0 + terms.ttl - terms.margin) }
    }

    /// The same, and nil once the process is dead.
    var mayActUntil: Timestamp? { life.isAlive ? validUntil : nil }

    // MARK: The lease

    func read() async throws(JournalError) -> LeaseRecord? {
        let record: LeaseRecord? = try await ask("GetItem", .lease) { .success($0.lease) }
        if let record, let asked, record == asked.record, !record.isReleased { renewedAt = asked.at }
        return record
    }

    func replace(_ expected: LeaseRecord?, with next: LeaseRecord) async throws(JournalError) -> Bool {
        let sentAt = clock.now()
        asked = (next, sentAt)
        // Who gives it back does not act on it any more, whatever becomes of the message.
        if next.isReleased { renewedAt = nil }
        let isReplaced = try await ask("UpdateItem", .lease) { [self] shelf in
            .success(shelf.replace(expected, with: next, for: self))
        }
        if isReplaced, !next.isReleased { renewedAt = sentAt }
        return isReplaced
    }

    // MARK: The journal

    func append(_ records: [Record]) async throws(JournalError) -> [Entry] {
        throw failure(.append, .other(detail: "a shared journal takes records under an epoch only"))
    }

    func append(_ records: [Record], epoch: Int) async throws(JournalError) -> [Entry] {
        try await ask("TransactWriteItems", .append) { [life] shelf in
            guard shelf.lease?.epoch == epoch else { return .failure(.fenced(epoch: epoch)) }
            return .success(shelf.put(records, by: life.host))
        }
    }

    func entries(
        after sequence: Int64, workload: WorkloadID?, limit: Int
    ) async throws(JournalError) -> [Entry] {
        try await ask("Query", .read) {
            .success($0.entries(after: sequence, workload: workload, limit: limit))
        }
    }

    func latest(workload: WorkloadID?, limit: Int) async throws(JournalError) -> [Entry] {
        try await ask("Query", .read) { .success($0.latest(workload: workload, limit: limit)) }
    }

    nonisolated(nonsending) func replay(_ body: (Entry) throws -> Void) async throws(JournalError) {
        try await entries(after: 0, workload: nil, limit: .max).hand(to: body)
    }

    func close() {}

    // MARK: The way there

    private enum Ending<Value: Sendable>: Sendable {
        case answer(Value)
        case refusal(JournalError.Cause)
        /// Nothing was changed.
        case notDone(String)
        /// It may have been carried out.
        case unknown(String)
    }

    private func ask<Value: Sendable>(
        _ operation: String, _ attempt: JournalError.Attempt,
        act: @escaping (Shelf) -> Verdict<Value>
    ) async throws(JournalError) -> Value {
        if attempt == .lease { trace.note(.leaseAsked(life.host)) }
        let ending: Ending<Value>
        do {
            ending = try await life.wait { answer in send(operation, answer, act) }
        } catch {
            // Given up, by its caller or by the death of the process.
            throw failure(attempt, .unsettled(detail: "given up"))
        }
        switch ending {
        case .answer(let value): return value
        case .refusal(let cause): throw failure(attempt, cause)
        case .notDone: throw failure(attempt, .busy)
        case .unknown(let detail): throw failure(attempt, .inputOutput(detail: detail))
        }
    }

    enum Verdict<Value> {
        case success(Value)
        case failure(JournalError.Cause)
    }

    private func send<Value: Sendable>(
        _ operation: String, _ answer: Life.Answer<Ending<Value>>, _ act: @escaping (Shelf) -> Verdict<Value>
    ) {
        let time = life.time
        let passage = fabric.passage(
            of: Message(
                from: life.host, to: region, service: "dynamodb", operation: operation, mutates: true),
            at: time.now)
        guard let there = passage.there else {
            time.after(Self.patience) { answer(.notDone("no connection")) }
            return
        }
        switch passage.treatment {
        case .served, .stale, .garbage, .serverError(_, afterEffect: true): break
        case .throttled, .denied, .expiredToken, .serverError:
            time.after(there + there) { answer(.notDone("\(passage.treatment)")) }
            return
        }
        time.after(there) { [shelf] in
            let verdict = act(shelf)
            let isClear = passage.treatment != .garbage && !passage.treatment.isError
            guard let back = passage.back, isClear else {
                time.after(Self.patience) { answer(.unknown("no answer")) }
                return
            }
            time.after(back) {
                switch verdict {
                case .success(let value): answer(.answer(value))
                case .failure(let cause): answer(.refusal(cause))
                }
            }
        }
    }

    private func failure(_ attempt: JournalError.Attempt, _ cause: JournalError.Cause) -> JournalError {
        JournalError(attempt: attempt, path: "simulated", cause: cause)
    }
}

extension Passage.Treatment {
    fileprivate var isError: Bool { if case .serverError = self { true } else { false } }
}
