import Journal

/// What several hosts share, so that another one can go on when this one is gone: a journal, and the lease
/// without which nobody writes to it.
public struct SharedJournal: Sendable {
    public var journal: any FencedJournal
    public var lease: any LeaseStore
    /// This host's name, for people.
    public var holder: String
    /// Unique to this process.
    public var instance: String
    public var terms: LeaseTerms
    /// What this host wrote while it was alone; nil when it never was.
    public var inheritance: Inheritance?

    public init(
        journal: any FencedJournal, lease: any LeaseStore, holder: String, instance: String,
        terms: LeaseTerms = LeaseTerms(), inheritance: Inheritance? = nil
    ) {
        self.journal = journal
        self.lease = lease
        self.holder = holder
        self.instance = instance
        self.terms = terms
        self.inheritance = inheritance
    }
}
