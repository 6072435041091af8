import Failover

/// What the daily message says: a line for drctl itself, and one a workload.
public struct HealthSummary: Sendable {
    public var version: String
    public var region: Region
    public var startedAt: Timestamp
    public var lastRoundAt: Timestamp?
    public var journalFault: String?
    public var lease: LeaseView?
    public var workloads: [WorkloadView]
    public var notifiers: [NotifierView]

    public init(
        version: String, region: Region, startedAt: Timestamp, lastRoundAt: Timestamp?,
        journalFault: String?, lease: LeaseView?, workloads: [WorkloadView], notifiers: [NotifierView]
    ) {
        self.version = version
        self.region = region
        self.startedAt = startedAt
        self.lastRoundAt = lastRoundAt
        self.journalFault = journalFault
        self.lease = lease
        self.workloads = workloads
        self.notifiers = notifiers
    }

    public func message(at now: Timestamp, next: Timestamp) -> Bulletin {
        let attention = workloads.filter { needsAttention($0) }.map(\.id.rawValue)
        let well = workloads.count - attention.count
        let own = ownTrouble(now)
        var headline = "heartbeat: \(well) of \(workloads.count) workloads are well"
        if !attention.isEmpty { headline += "; look at \(listed(attention))" }
        if !own.isEmpty { headline += "; drctl itself needs attention" }
        let lines =
            ["\(headline).", "", "drctl: \(ownLine(now, own))"] + workloads.map { line($0, now) }
            + [
                "",
                "The next one comes at \(next). If it does not, drctl is not watching: see the runbook.",
            ]
        return Bulletin(
            id: "heartbeat-\(now.milliseconds / 60_000)", kind: "heartbeat", workload: nil, failover: nil,
            at: now, subject: NoticeText.subject(headline), headline: headline.oneLine(limit: 1000),
            text: lines.map { $0.oneLine(limit: 500) }.joined(separator: "\n"),
            runbook: Runbook.controllerDown.path,
            urgency: attention.isEmpty && own.isEmpty ? .info : .warning, stage: .none)
    }

    private func needsAttention(_ view: WorkloadView) -> Bool {
        view.phase != .watching || view.assessment?.verdict != .healthy || view.hold != nil
            || view.exposedSince != nil || !view.owedFences.isEmpty
    }

    private func line(_ view: WorkloadView, _ now: Timestamp) -> String {
        var parts = ["\(view.phase.rawValue) in \(view.activeRegion)"]
        if let assessment = view.assessment {
            parts.append(assessment.verdict.rawValue)
            let lags = assessment.databases.compactMap(\.lag).map(\.lossSeconds)
            if let worst = lags.max(), lags.count == assessment.databases.count {
                parts.append("up to \(Duration.milliseconds(Int64(worst * 1000)).text) would be lost")
            } else if view.phase != .failedOver {
                parts.append("replication lag UNKNOWN")
            }
            let closed = assessment.gates.filter { !$0.open }.map(\.id.rawValue)
            if !closed.isEmpty, view.phase == .blocked {
                parts.append("closed gates: \(closed.joined(separator: ", "))")
            }
        } else {
            parts.append("not looked at yet")
        }
        if let hold = view.hold { parts.append("ON HOLD by \(hold.by)") }
        if let since = view.exposedSince { parts.append("NO STANDBY for \((now - since).text)") }
        if !view.owedFences.isEmpty { parts.append("NOT FENCED: \(view.owedFences.count)") }
        if view.undeliveredNotices > 0 { parts.append("undelivered notices: \(view.undeliveredNotices)") }
        return "\(view.id): \(parts.joined(separator: ", "))"
    }

    private func ownLine(_ now: Timestamp, _ trouble: [String]) -> String {
        let leads = lease.map { "leads with epoch \($0.epoch), " } ?? ""
        let head = "version \(version) in \(region), up for \((now - startedAt).text), \(leads)"
        return trouble.isEmpty
            ? "\(head)journal and notifiers are well" : "\(head)\(trouble.joined(separator: "; "))"
    }

    /// A round takes seconds; minutes without one is a finding.
    private static let staleRound = Duration.seconds(600)

    private func ownTrouble(_ now: Timestamp) -> [String] {
        var trouble: [String] = []
        if let journalFault { trouble.append("THE JOURNAL CANNOT BE WRITTEN: \(journalFault)") }
        if let lastRoundAt {
            if now - lastRoundAt > Self.staleRound {
                trouble.append("no round has ended for \((now - lastRoundAt).text)")
            }
        } else {
            trouble.append("no round has ended yet")
        }
        trouble += notifiers.compactMap { view in view.trouble.map { "notifier \(view.name): \($0)" } }
        return trouble
    }
}
