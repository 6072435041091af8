import Failover

/// One workload.
struct WorkloadPiece {
    let view: WorkloadView
    let duty: Duty
    let runbook: String?
    let now: Timestamp
    /// Each database with the drawing of its lag.
    typealias Plot = (database: DatabaseID, plot: LagPlot)
    let plots: [Plot]

    var html: HTML {
        """
        <article id="w-\(view.id)" class="workload \(duty.level.name)" aria-labelledby="t-\(view.id)">
        <h3 id="t-\(view.id)">\(view.id) <span class="phase \(view.phase.rawValue)">\(phase)</span></h3>
        <p class="verdict">\(sentence)</p>
        \(warnings)\(urgentPlan)
        <dl class="facts">\(facts)</dl>
        \(lags)\(calmPlan)
        \(evidence)
        \(GatePiece(view: view).html)
        </article>

        """
    }

    private var phase: String { view.phase.rawValue.replacing("-", with: " ") }

    private var isPlanUrgent: Bool { [.failingOver, .needsOperator].contains(view.phase) }

    private var urgentPlan: HTML { isPlanUrgent ? plan : .nothing }
    private var calmPlan: HTML { isPlanUrgent ? .nothing : plan }

    private var sentence: String {
        guard view.phase == .failedOver else { return view.assessment?.sentence ?? "No look yet." }
        return "\(view.id) runs in \(view.activeRegion) by failover \(view.epoch)."
    }

    /// What the verdict does not say already.
    private var warnings: HTML {
        var lines = duty.wrong.filter { $0 != sentence }.map { "\($0)" as HTML }
        if let since = view.exposedSince {
            lines.insert("EXPOSED: no standby since \(time(since, now: now, since: true))", at: 0)
        }
        if let runbook { lines.append(#"What to do: <span class="runbook">\#(runbook)</span>"#) }
        guard !lines.isEmpty else { return .nothing }
        return #"<ul class="warnings">\#(lines.map { "<li>\($0)</li>" as HTML })</ul>"#
    }

    private var facts: [HTML] {
        var rows: [(String, HTML)] = [("Active Region", "\(view.activeRegion)")]
        rows.append(("Standby Region", standby))
        rows.append(("Mode", "\(view.mode.rawValue)"))
        if let since = view.phaseSince {
            rows.append(("\(phase.prefix(1).uppercased())\(phase.dropFirst()) since", time(since, now: now)))
        }
        if let at = view.lastCompletedAt { rows.append(("Last failover", time(at, now: now, since: true))) }
        if view.phase != .failedOver { rows.append(("Would lose, if it failed now", loss)) }
        return rows.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" }
    }

    private var standby: HTML {
        if view.exposedSince != nil { return "<strong>none</strong>" }
        return view.activeRegion == view.standbyRegion ? "\(view.primaryRegion)" : "\(view.standbyRegion)"
    }

    private var loss: HTML {
        let databases = view.assessment?.databases ?? []
        let losses = databases.compactMap { $0.lag?.lossSeconds }
        guard losses.count == databases.count, let worst = losses.max() else {
            return "<strong>unknown</strong>"
        }
        return "up to \(seconds(worst)) of changes"
    }

    private var lags: [HTML] {
        guard view.phase != .failedOver else { return [] }
        return plots.map { database, plot in
            let lag = view.assessment?.databases.first { $0.database == database }?.lag
            let now: HTML = lag.map { "lag \(seconds($0.lagSeconds))" } ?? "<strong>lag unknown</strong>"
            return """
                <figure><figcaption>\(database): \(now) <span class="quiet">\(plot.summary)</span>\
                </figcaption>\(plot.html)</figure>

                """
        }
    }

    private var plan: HTML {
        guard view.phase != .watching, let plan = view.plan else { return .nothing }
        return PlanPiece(plan: plan, workload: view.id, now: now).html
    }

    private var evidence: HTML {
        guard let assessment = view.assessment else { return .nothing }
        let rows: [HTML] = assessment.databases.flatMap { database in
            database.votes.map { vote -> HTML in
                """
                <tr><th scope="row">\(vote.witness.rawValue)</th><td>\(database.database)</td>\
                <td class="opinion \(vote.opinion.rawValue)">\(vote.opinion.rawValue)</td>\
                <td>\(vote.because)</td></tr>

                """
            }
        }
        guard !rows.isEmpty else { return .nothing }
        let failed = assessment.databases.flatMap(\.votes).filter { $0.opinion == .failed }.count
        let tally = failed == 0 ? "\(rows.count) witnesses" : "\(failed) of \(rows.count) say failed"
        return """
            <details id="e-\(view.id)"><summary>Evidence: \(tally)</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Evidence about \(view.id)">\
            <table><thead><tr><th scope="col">Witness</th><th scope="col">Database</th>\
            <th scope="col">Says</th><th scope="col">Because</th></tr></thead>
            <tbody>\(rows)</tbody></table></div></details>
            """
    }
}
