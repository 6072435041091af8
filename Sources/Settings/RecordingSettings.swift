/// The `controller.recording` section: what is kept for `drctl replay`.
public struct RecordingSettings: Sendable, Equatable {
    /// Absolute path of the recording's database file.
    public var path: String
    /// Older observations are taken out. 0...8760 h; zero: nothing is recorded.
    public var keep: Duration
    /// The most that the file may take up, in MiB; the oldest hours are taken out first. 1...65536.
    public var limitMebibytes: Int

    public init(path: String, keep: Duration = .seconds(840 * 3600), limitMebibytes: Int = 256) {
        self.path = path
        self.keep = keep
        self.limitMebibytes = limitMebibytes
    }

    /// Beside the journal: `/var/lib/drctl/journal.db` has `/var/lib/drctl/journal-observations.db`.
    public init(besideJournal journal: String) {
        let stem = journal.hasSuffix(".db") ? String(journal.dropLast(3)) : journal
        self.init(path: stem + "-observations.db")
    }
}
