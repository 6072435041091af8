/// A finding with whom it is about, as `--json` shows it.
struct Check: Sendable, Equatable, Encodable {
    /// `host`, or a workload's name.
    var subject: String
    var name: String
    var result: Finding.Result
    var detail: String

    init(_ subject: String, _ finding: Finding) {
        self.subject = subject
        name = finding.name
        result = finding.result
        detail = oneLine(finding.detail)
    }
}
