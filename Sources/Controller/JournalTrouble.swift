import Failover
import Journal

/// Since when the journal that hosts share cannot be read, or takes nothing. A host that can do neither must
/// not keep others from leading.
struct JournalTrouble {
    private(set) var unreadableSince: Timestamp?
    private(set) var unwritableSince: Timestamp?

    var isUnreadable: Bool { unreadableSince != nil }

    /// Returns whether that is news.
    mutating func couldNotRead(at now: Timestamp) -> Bool {
        defer { unreadableSince = unreadableSince ?? now }
        return unreadableSince == nil
    }

    /// Returns whether that is news.
    mutating func hasRead() -> Bool {
        defer { unreadableSince = nil }
        return unreadableSince != nil
    }

    mutating func couldNotWrite(_ error: JournalError, at now: Timestamp) {
        guard error.isTheJournals else { return }
        unwritableSince = unwritableSince ?? now
    }

    mutating func hasWritten() { unwritableSince = nil }

    /// Whether it has failed for so long, and in what.
    func lasting(_ span: Duration, at now: Timestamp) -> String? {
        if let unreadableSince, now - unreadableSince >= span {
            return "cannot be read since \(unreadableSince)"
        }
        if let unwritableSince, now - unwritableSince >= span {
            return "takes nothing since \(unwritableSince)"
        }
        return nil
    }
}

extension JournalError {
    /// Another host would fare no better with records that have no place in any journal; and one that is
    /// fenced off has lost the lease already.
    fileprivate var isTheJournals: Bool {
        switch cause {
        case .unencodable, .fenced, .closed: false
        default: true
        }
    }

    /// May be over in a while, without a person: the way to the journal, or the rights to it.
    var mayPass: Bool {
        switch cause {
        case .unreachable, .denied, .busy, .inDoubt: true
        default: false
        }
    }
}
