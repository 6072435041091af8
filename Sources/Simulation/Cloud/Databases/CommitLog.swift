import Failover

/// The commits that one writer has accepted, by position: how many there were, counted from the database's
/// beginning.
struct CommitLog {
    struct Entry: Equatable {
        var at: Timestamp
        /// After this commit.
        var position: Int
    }

    private(set) var entries: [Entry] = []
    /// Where this writer took over.
    private(set) var base: Int

    init(base: Int = 0) { self.base = base }

    var position: Int { entries.last?.position ?? base }
    var last: Entry? { entries.last }

    /// `time` is not before the last commit. Returns the new position.
    mutating func append(_ commits: Int, at time: Timestamp) -> Int {
        let position = position + commits
        if let last = entries.last, last.at == time {
            entries[entries.count - 1].position = position
        } else {
            entries.append(Entry(at: time, position: position))
        }
        return position
    }

    /// The newest commit that is not after `time`.
    func last(upTo time: Timestamp) -> Entry? {
        if let last = entries.last, last.at <= time { return last }
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].at <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? entries[low - 1] : nil
    }

    func position(upTo time: Timestamp) -> Int { last(upTo: time)?.position ?? base }
}
