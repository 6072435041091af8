import Failover

/// A plan as a line of time.
struct PlanPiece {
    let plan: PlanView
    let workload: WorkloadID
    let now: Timestamp

    var html: HTML {
        """
        <section class="plan" aria-labelledby="p-\(workload)">
        <h4 id="p-\(workload)">Failover \(plan.plan.epoch), \(origin), \
        \(time(plan.plan.createdAt, now: now, since: true))</h4>
        <p class="quiet">\(forecast)</p>
        <ol class="timeline">\(plan.steps.map(step))</ol>
        \(ending)</section>

        """
    }

    private var origin: String {
        switch plan.plan.origin {
        case .automatic: "automatic"
        case .approved(let by, let reason): "approved by \(by): \(reason)"
        case .manual(let by, let reason, _): "asked for by \(by): \(reason)"
        }
    }

    private var forecast: HTML {
        let forecast = plan.plan.forecast
        let loss = forecast.lossSeconds.map { "up to \(seconds($0)) may be lost" } ?? "the loss is unknown"
        return "\(plan.steps.count) steps, expected to take about \(seconds(forecast.rtoSeconds)); \(loss)."
    }

    private func step(_ step: PlanView.StepView) -> HTML {
        let isOwed = step.state == .unconfirmed && plan.plan.step(step.id)?.onFailure == .owe
        let word = isOwed ? "OWED" : step.state.rawValue
        let isRunning = [.running, .retrying].contains(step.state)
        let isCurrent: HTML = isRunning ? " aria-current=\"step\"" : .nothing
        let attempt: HTML = step.attempt > 1 ? " (try \(step.attempt))" : .nothing
        let clock: HTML = step.at.map { " \(time($0, now: now, since: isRunning))" } ?? .nothing
        let detail: HTML = step.detail.map { #"<span class="detail">\#($0)</span>"# } ?? .nothing
        return """
            <li class="step \(isOwed ? "owed" : step.state.rawValue)"\(isCurrent)>\
            <span class="state">\(word)</span> <strong>\(step.id)</strong>\(attempt)\(clock) \(detail)</li>

            """
    }

    private var ending: HTML {
        guard let ending = plan.ending else { return .nothing }
        let word = ending.outcome.rawValue.replacing("-", with: " ")
        return "<p>\(word.prefix(1).uppercased() + word.dropFirst()): \(ending.because)</p>\n"
    }
}
