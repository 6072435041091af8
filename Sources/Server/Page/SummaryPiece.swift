import Failover

/// The first screen: is anything wrong, what is drctl doing, what must I do.
struct SummaryPiece {
    let status: ServiceStatus
    let duties: [(id: WorkloadID, duty: Duty)]
    /// Why drctl itself does not watch; nil while it does.
    let obstacle: String?

    var level: Duty.Level {
        if obstacle != nil || nobodyLeads { return .act }
        return duties.map(\.duty.level).max() ?? .calm
    }

    /// In a few words, for the heading, the window's title, and whoever listens.
    var headline: String {
        if obstacle != nil { return "drctl itself needs you" }
        if nobodyLeads { return "No host leads" }
        let wrong = duties.filter { $0.duty.level > .calm }
        let acute = wrong.filter { $0.duty.level == .act }
        if !acute.isEmpty { return "\(names(acute)) \(acute.count == 1 ? "needs" : "need") attention" }
        if !wrong.isEmpty { return "\(names(wrong)): have a look" }
        return duties.count == 1 ? "\(duties[0].id) is well" : "All \(duties.count) workloads are well"
    }

    var html: HTML {
        """
        <section id="summary" class="summary \(level.name)" aria-labelledby="headline" \
        data-title="\(mark) \(headline)">
        <h2 id="headline"><span class="mark" aria-hidden="true">\(mark)</span> \(headline)</h2>
        <dl class="answers">
        <div><dt>Is anything wrong?</dt><dd>\(list(wrong, otherwise: "No."))</dd></div>
        <div><dt>What is drctl doing?</dt><dd>\(list(doing, otherwise: idle))</dd></div>
        <div><dt>What must you do?</dt><dd>\(tasks)</dd></div>
        </dl>
        </section>

        """
    }

    private var mark: String {
        switch level {
        case .calm: "\u{2713}"
        case .watch: "\u{25b3}"
        case .act: "\u{25b2}"
        }
    }

    private var nobodyLeads: Bool {
        status.lease.map { $0.validUntil == nil && $0.holder.isEmpty } ?? false
    }

    private func names(_ rows: [(id: WorkloadID, duty: Duty)]) -> String {
        rows.count > 3 ? "\(rows.count) workloads" : rows.map(\.id.rawValue).joined(separator: ", ")
    }

    private var wrong: [HTML] {
        var lines: [HTML] = obstacle.map { ["drctl does not watch: \($0)"] } ?? []
        if nobodyLeads { lines.append("No host holds the lease: nothing is decided.") }
        for (id, duty) in duties {
            lines += duty.wrong.map { ##"<a href="#w-\##(id)">\##(id)</a>: \##(Self.without(id, $0))"## }
        }
        return lines
    }

    /// A sentence that begins with the name need not say it twice.
    private static func without(_ id: WorkloadID, _ text: String) -> String {
        guard text.hasPrefix("\(id) ") else { return text }
        return String(text.dropFirst(id.rawValue.count + 1))
    }

    private var doing: [HTML] { duties.compactMap { $0.duty.doing.map { "\($0)" } } }

    private var idle: HTML {
        if let lease = status.lease, lease.validUntil == nil, !lease.holder.isEmpty {
            return "Watching; \(lease.holder) leads and decides."
        }
        return "Watching."
    }

    private var tasks: HTML {
        let rows = duties.flatMap(\.duty.tasks)
        guard !rows.isEmpty || obstacle != nil else {
            return level == .act ? "Nothing yet: follow it here." : "Nothing."
        }
        var lines: [HTML] = rows.map { task in
            let command: HTML = task.command.map { " <code>\($0)</code>" } ?? .nothing
            let runbook: HTML = task.runbook.map { #" <span class="runbook">\#($0)</span>"# } ?? .nothing
            return "\(task.text)\(command)\(runbook)"
        }
        if obstacle != nil {
            lines.insert(
                #"Look after drctl. <span class="runbook">runbooks/controller-down.md</span>"#, at: 0)
        }
        return list(lines, otherwise: .nothing)
    }

    private func list(_ lines: [HTML], otherwise: HTML) -> HTML {
        lines.isEmpty ? "<p>\(otherwise)</p>" : "<ul>\(lines.map { "<li>\($0)</li>" as HTML })</ul>"
    }
}
