import Failover

/// Packs what was taken in and brings it into the file. What the file does not take waits for the next time,
/// within bounds.
struct Tape: Sendable {
    private let path: String
    private let bounds: RecordingBounds
    private let warn: @Sendable (String) -> Void

    private var recording: Recording?
    private var session: RecordingSession?
    private var number: Int64?
    private var open: [WorkloadID: Page] = [:]
    /// Closed, and not in the file yet.
    private var closed: [Page] = []
    /// Observations that this room gave up.
    private var lost = 0
    private var prunedHour: Int64?
    private var trouble: (told: String, at: Timestamp)?

    /// A block, and its number once it is in the file.
    private struct Page {
        var number: Int64?
        var block: Block
        var isWritten = false
    }

    /// How many hours of a workload wait for a disk that takes nothing.
    private static let patience = 24

    init(path: String, bounds: RecordingBounds, warn: @escaping @Sendable (String) -> Void) {
        (self.path, self.bounds, self.warn) = (path, bounds, warn)
    }

    mutating func take(
        _ batches: [ObservationRecorder.Batch], of session: RecordingSession?, lost missed: Int
    ) {
        guard let session else { return }
        self.session = session
        for batch in batches { take(batch) }
        let now = batches.last?.at ?? session.startedAt
        do {
            try write(until: now, missed: missed)
            if trouble != nil { warn("the recording \(path) is written again") }
            trouble = nil
        } catch {
            note("\(error)", at: now)
        }
        // What could not be written is bounded all the same.
        while closed.count > Self.patience * max(open.count, 1) {
            lost += closed.removeFirst().block.observations
        }
    }

    mutating func close() {
        recording?.close()
        recording = nil
    }

    private mutating func take(_ batch: ObservationRecorder.Batch) {
        var byWorkload: [WorkloadID: [Observation]] = [:]
        for observation in batch.observations {
            byWorkload[observation.workload, default: []].append(observation)
        }
        for (workload, observations) in byWorkload.sorted(by: { $0.key < $1.key }) {
            if let page = open[workload], page.block.isOver(at: batch.at) {
                if !page.isWritten { closed.append(page) }
                open[workload] = nil
            }
            var page = open[workload] ?? Page(block: Block(workload: workload, at: batch.at))
            do {
                try page.block.take(observations, at: batch.at)
                page.isWritten = false
                open[workload] = page
            } catch {
                lost += observations.count
                note("an observation of \(workload) has no form that can be kept: \(error)", at: batch.at)
            }
        }
    }

    private mutating func write(until now: Timestamp, missed: Int) throws(RecordingError) {
        guard let session else { return }
        let recording = try opened()
        let number = try begun(session, in: recording)
        let changed = open.filter { !$0.value.isWritten }.sorted { $0.key < $1.key }
        let pages = closed + changed.map(\.value)
        let numbers = try recording.write(
            pages.map { ($0.number, $0.block) }, session: number, seenUntil: now, lost: lost + missed)
        closed = []
        for (workload, number) in zip(changed.map(\.key), numbers.suffix(changed.count)) {
            open[workload]?.number = number
            open[workload]?.isWritten = true
        }
        let hour = Block.hour(of: now)
        if prunedHour != hour {
            try recording.prune(to: bounds, now: now)
            prunedHour = hour
        }
    }

    private mutating func opened() throws(RecordingError) -> Recording {
        if let recording { return recording }
        let opened = try Recording.open(path: path)
        recording = opened
        return opened
    }

    private mutating func begun(
        _ session: RecordingSession, in recording: Recording
    ) throws(RecordingError) -> Int64 {
        if let number { return number }
        let begun = try recording.begin(session)
        number = begun
        return begun
    }

    /// Once for each kind of trouble, and again each hour while it lasts.
    private mutating func note(_ text: String, at now: Timestamp) {
        if let trouble, trouble.told == text, now - trouble.at < .seconds(3600) { return }
        trouble = (text, now)
        warn("\(text); decisions do not depend on it")
    }
}
