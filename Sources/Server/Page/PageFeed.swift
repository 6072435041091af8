import Failover
import Journal

/// The page's pieces as they are now, made at most once a second however many look, and what they need to
/// remember: the last hour's lag, and the last deeds.
actor PageFeed {
    /// Made anew no sooner.
    static let freshness = Duration.milliseconds(900)
    /// Deeds on the page.
    static let deeds = 30

    /// A part of the page that can be replaced by itself.
    struct Piece: Sendable, Equatable {
        var id: String
        var html: HTML
    }

    struct Snapshot: Sendable {
        var now: Timestamp
        var title: String
        var pieces: [Piece]
    }

    private let operations: any Operations
    private let words: PageWords
    private var lag = LagHistory()
    private var recent: [(record: Record, line: String)] = []
    private var lastSequence: Int64?
    private var historyFault: String?
    private var newest: (snapshot: Snapshot, at: Timestamp)?

    init(_ operations: any Operations, words: PageWords) {
        self.operations = operations
        self.words = words
    }

    func snapshot() async -> Snapshot {
        let status = await operations.status()
        if let newest, status.now - newest.at < Self.freshness { return newest.snapshot }
        let gauges = await operations.gauges()
        lag.take(status.workloads, now: status.now)
        await readHistory()
        let snapshot = make(status, obstacle: MetricsText(status: status, gauges: gauges).obstacle)
        newest = (snapshot, status.now)
        return snapshot
    }

    /// For the drawing, also while nobody looks.
    func sample() async {
        let status = await operations.status()
        lag.take(status.workloads, now: status.now)
    }

    private func make(_ status: ServiceStatus, obstacle: String?) -> Snapshot {
        let runbooks = status.workloads.map(words.runbook)
        let duties = zip(status.workloads, runbooks).map { Duty($0, runbook: $1) }
        // The first round of a service that has just begun is no trouble yet.
        let isStarting =
            status.lastRoundAt == nil && status.journalFault == nil
            && status.now - status.startedAt < .seconds(60)
        let rows = zip(status.workloads, duties).map { (id: $0.id, duty: $1) }
        let summary = SummaryPiece(status: status, duties: rows, obstacle: isStarting ? nil : obstacle)
        var pieces = [Piece(id: "summary", html: summary.html)]
        for (index, view) in status.workloads.enumerated() {
            let piece = WorkloadPiece(
                view: view, duty: duties[index], runbook: runbooks[index], now: status.now,
                plots: plots(view, status.now))
            pieces.append(Piece(id: "w-\(view.id)", html: piece.html))
        }
        pieces.append(Piece(id: "history", html: history(status.now)))
        pieces.append(Piece(id: "service", html: ServicePiece(status: status).html))
        return Snapshot(now: status.now, title: summary.headline, pieces: pieces)
    }

    private func plots(_ view: WorkloadView, _ now: Timestamp) -> [WorkloadPiece.Plot] {
        (view.assessment?.databases ?? []).map { database in
            let series = LagHistory.Series(workload: view.id, database: database.database)
            let plot = LagPlot(points: lag.lately(series), now: now, limit: words.limit(view.id))
            return (database: database.database, plot: plot)
        }
    }

    /// Only what is new is read: a journal may be long, and this is asked once a second.
    private func readHistory() async {
        do {
            let entries =
                if let lastSequence {
                    try await operations.history(after: lastSequence, workload: nil, limit: 200)
                } else {
                    try await operations.latest(workload: nil, limit: 500)
                }
            // While we waited, somebody else may have read the same.
            let known = lastSequence ?? 0
            let fresh = entries.filter { $0.sequence > known }
            lastSequence = fresh.last?.sequence ?? lastSequence
            recent += fresh.compactMap { entry in
                words.record(entry.record).map { (record: entry.record, line: $0) }
            }
            if recent.count > Self.deeds { recent.removeFirst(recent.count - Self.deeds) }
            historyFault = nil
        } catch {
            historyFault = "the journal cannot be read: \(error)"
        }
    }

    private func history(_ now: Timestamp) -> HTML {
        let rows: [HTML] = recent.reversed().map { record, line in
            "<li>\(time(record.at, now: now)) \(line)</li>\n"
        }
        let fault: HTML = historyFault.map { "<p><strong>\($0)</strong></p>" } ?? .nothing
        let empty: HTML = rows.isEmpty ? "<p>Nothing has been recorded yet.</p>" : .nothing
        return """
            <section id="history" aria-labelledby="history-title">
            <h2 id="history-title">History</h2>
            \(fault)\(empty)<ol class="history" reversed>\(rows)</ol>
            </section>

            """
    }
}
