import Failover

/// One channel with its queue: one message at a time, in the order in which they came, each within its time.
/// Whatever it meets delays nobody but itself.
public actor Notifier {
    public nonisolated let name: String
    public nonisolated let channel: any Channel
    private let terms: NotifierTerms
    private let surroundings: NotifierSurroundings

    private struct Entry {
        var message: Bulletin
        var waiting: [Int: CheckedContinuation<Delivery, Never>] = [:]
    }

    /// The first one is being sent while there is a worker.
    private var entries: [Entry] = []
    private var worker: Task<Void, Never>?
    private var state: NotifierView
    /// Since the last message that was taken.
    private var droppedSince = 0
    private var tickets = 0
    /// Ids of messages that were taken: who stopped waiting for one asks for it again.
    private var taken: [String] = []

    public init(
        name: String, channel: any Channel, terms: NotifierTerms, surroundings: NotifierSurroundings
    ) {
        self.name = name
        self.channel = channel
        self.terms = terms
        self.surroundings = surroundings
        state = NotifierView(name: name, type: channel.type)
    }

    public var view: NotifierView {
        var view = state
        view.waiting = entries.count
        return view
    }

    /// Sends it after those that wait already, and tells what came of it: after `patience` at the latest, and
    /// then it is still tried. The same message is not taken twice while it waits.
    public func tell(_ message: Bulletin, patience: Duration) async -> Delivery {
        if taken.contains(message.id) {
            return Delivery(notifier: name, messageID: "taken", failure: nil)
        }
        tickets += 1
        let ticket = tickets
        let sleep = surroundings.sleep
        let alarm = Task {
            try? await sleep(patience)
            self.stopWaiting(ticket, "still being tried after \(patience.text)")
        }
        defer { alarm.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in add(message, ticket, continuation) }
        } onCancel: {
            Task { await self.stopWaiting(ticket, "drctl stops; it is still being tried") }
        }
    }

    /// Nothing more is sent.
    public func stop() {
        worker?.cancel()
        let left = entries
        entries = []
        for entry in left { settle(entry, failure: "drctl stops") }
    }

    private func add(_ message: Bulletin, _ ticket: Int, _ waiting: CheckedContinuation<Delivery, Never>) {
        if let place = entries.firstIndex(where: { $0.message.id == message.id }) {
            entries[place].waiting[ticket] = waiting
            return
        }
        entries.append(Entry(message: message, waiting: [ticket: waiting]))
        if entries.count > terms.queueLimit { dropOldest() }
        if worker == nil { worker = Task { await self.work() } }
    }

    /// The newest news counts most. The one on its way is past dropping.
    private func dropOldest() {
        let place = min(worker == nil ? 0 : 1, entries.count - 1)
        let entry = entries.remove(at: place)
        state.dropped += 1
        droppedSince += 1
        if droppedSince == 1 {
            surroundings.report(
                .trouble("notifier \(name): \(terms.queueLimit) messages wait, the oldest are dropped"))
        }
        settle(entry, failure: "dropped: \(terms.queueLimit) later messages wait")
    }

    private func work() async {
        while let entry = entries.first, !Task.isCancelled {
            let outcome = await deliver(entry.message)
            guard !Task.isCancelled, entries.first?.message.id == entry.message.id else { break }
            // Those who asked meanwhile are in the one that stands there.
            let settled = entries.removeFirst()
            note(outcome, of: settled)
        }
        worker = nil
        if !entries.isEmpty, !Task.isCancelled { worker = Task { await self.work() } }
    }

    private func note(_ outcome: Attempted, of entry: Entry) {
        switch outcome {
        case .delivered(let id):
            if state.failure != nil { surroundings.report(.recovery("notifier \(name): works again")) }
            state.delivered += 1
            state.lastDeliveredAt = surroundings.now()
            state.failure = nil
            taken = taken.suffix(terms.queueLimit) + [entry.message.id]
            settle(entry, messageID: id ?? "taken")
        case .refused(let why), .failed(let why, _):
            let why = why.oneLine(limit: 400)
            state.failed += 1
            state.lastFailedAt = surroundings.now()
            state.failure = why
            surroundings.report(.trouble("notifier \(name): \(entry.message.id) is not delivered: \(why)"))
            settle(entry, failure: why)
        }
    }

    private func settle(_ entry: Entry, messageID: String? = nil, failure: String? = nil) {
        let delivery = Delivery(notifier: name, messageID: messageID, failure: failure)
        for continuation in entry.waiting.values { continuation.resume(returning: delivery) }
    }

    private func stopWaiting(_ ticket: Int, _ why: String) {
        for place in entries.indices {
            guard let waiting = entries[place].waiting.removeValue(forKey: ticket) else { continue }
            waiting.resume(returning: Delivery(notifier: name, messageID: nil, failure: why))
        }
    }

    // MARK: - One message

    private func deliver(_ message: Bulletin) async -> Attempted {
        var outcome = Attempted.refused("never tried")
        for attempt in 1...terms.attempts {
            guard await surroundings.maySpeak() else {
                return .refused("this host does not lead any more: the one that does tells it")
            }
            let dropped = droppedSince
            outcome = await self.attempt(message.noting(dropped: dropped))
            guard case .failed(_, let after) = outcome else {
                if case .delivered = outcome { droppedSince -= dropped }
                return outcome
            }
            guard attempt < terms.attempts else { break }
            let pause = max(Self.pause(after: attempt), after ?? .zero)
            do { try await surroundings.sleep(min(pause, terms.longestPause)) } catch { return outcome }
        }
        return outcome
    }

    private func attempt(_ message: Bulletin) async -> Attempted {
        let (channel, limit) = (channel, terms.attemptLimit)
        // The channel keeps to its limit by itself; this holds even if one does not.
        return await within(limit + .seconds(1), sleep: surroundings.sleep) {
            await channel.send(message, limit: limit)
        } ?? .failed("no end within \(limit.text)")
    }

    /// 1 s, 2 s, 4 s: what recovers at all recovers soon, and one message at a time is no storm.
    static func pause(after attempt: Int) -> Duration { .seconds(1 << min(attempt - 1, 4)) }
}
