import Failover
import Server

/// The newest that is known, and since when nothing newer comes.
struct WatchPicture {
    private(set) var status: ServiceStatus
    let workload: String?
    private(set) var loss: Loss?

    struct Loss: Equatable {
        var since: Timestamp
        var because: String
    }

    init(status: ServiceStatus, workload: String?) {
        self.status = status
        self.workload = workload
    }

    /// Those that are shown.
    var views: [WorkloadView] {
        status.workloads.filter { workload == nil || $0.id.rawValue == workload }
    }

    func checkName() throws {
        guard let workload, views.isEmpty else { return }
        throw unknownWorkload(workload, known: status.workloads.map(\.id.rawValue))
    }

    mutating func seen(_ status: ServiceStatus) {
        self.status = status
        loss = nil
    }

    mutating func lost(because reason: String, at now: Timestamp) {
        loss = Loss(since: loss?.since ?? now, because: reason)
    }

    /// `now`: this terminal's clock, for the time of a loss; the service's own clock is in its answer.
    func text(now: Timestamp) -> String {
        var shown = status
        shown.workloads = views
        var blocks: [String] = []
        if let loss {
            let since = "\(clockText(loss.since, now: now)), \(agoText(loss.since, now: now))"
            blocks.append(
                "! CONNECTION LOST since \(since); trying again. \(oneLine(loss.because))\n"
                    + "! what follows is what was known then, at \(clockText(status.now, now: now))")
        }
        // While a plan runs its steps are what counts: the gates above them would push them out of sight.
        let isRunning = views.contains { $0.phase == .failingOver }
        blocks.append(StatusText(status: shown, detailed: workload != nil && !isRunning).text)
        if views.isEmpty, let workload { blocks.append("\(workload) is no longer in the configuration") }
        return blocks.joined(separator: "\n\n")
    }
}
