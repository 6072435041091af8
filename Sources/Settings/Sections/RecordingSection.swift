import Failover

enum RecordingKey: String, SectionKey {
    case path, keep
    case limitMebibytes = "limit_mib"

    static let places = ["controller.recording"]
}

extension RecordingSettings {
    /// What the section says, and the defaults where it says nothing. It is never the journal's own file.
    init(_ section: Section<RecordingKey>?, journal: String) {
        self.init(besideJournal: journal)
        if let path = section?.field(.path)?.text(Shapes.absolutePath) {
            if path.value == journal {
                section?.findings.refuse(path.position, path.path, "is the journal's own; write another path")
            }
            self.path = path.value
        }
        if let keep = section?.field(.keep)?.duration(in: .zero ... .hours(8760)) { self.keep = keep.value }
        if let limit = section?.field(.limitMebibytes)?.integer(in: 1...65_536) {
            limitMebibytes = limit.value
        }
    }
}
