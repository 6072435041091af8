/// Where the reader of a message finds a runbook.
public struct RunbookLinks: Sendable, Equatable {
    /// A folder on the web that has them, with a final slash; nil for the package's own copy.
    var base: String?

    public init(base: String?) { self.base = base.map { $0.hasSuffix("/") ? $0 : $0 + "/" } }

    /// An https link; nil when there is none to click on.
    func url(of runbook: String) -> String? { base.map { $0 + name(runbook) } }

    /// A link, or the path on drctl's host.
    func place(of runbook: String) -> String {
        url(of: runbook) ?? "/usr/share/doc/drctl/runbooks/\(name(runbook))"
    }

    private func name(_ runbook: String) -> String {
        runbook.split(separator: "/").last.map(String.init) ?? runbook
    }
}
