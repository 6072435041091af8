/// Where the lease stands, for all hosts to see.
///
/// Its errors have the attempt `.lease`. After one nobody knows whether a replacement took place: read.
public protocol LeaseStore: Sendable {
    /// What stands there now, never an older state. Nil when nothing has ever stood there.
    func read() async throws(JournalError) -> LeaseRecord?

    /// Puts `next` there if exactly `expected` stands there; false, and nothing is changed, if not.
    func replace(_ expected: LeaseRecord?, with next: LeaseRecord) async throws(JournalError) -> Bool
}
