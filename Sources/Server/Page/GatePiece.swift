import Failover

/// May we, is it true, should we: the gates of one workload.
struct GatePiece {
    let view: WorkloadView

    var html: HTML {
        guard let gates = view.assessment?.gates, !gates.isEmpty, view.phase != .failedOver else {
            return .nothing
        }
        let closed = gates.filter { !$0.open }
        let tally = closed.isEmpty ? "all open" : "\(closed.count) of \(gates.count) closed"
        return """
            <details id="g-\(view.id)"\(isOpen)><summary>Gates for a failover by itself: \(tally)</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Gates of \(view.id)">\
            <table><thead><tr><th scope="col">Gate</th><th scope="col">About</th><th scope="col">Is</th>\
            <th scope="col">Because</th></tr></thead>
            <tbody>\(gates.map(row))</tbody></table></div></details>
            """
    }

    /// Where they are what keeps drctl from acting nobody should have to look for them.
    private var isOpen: HTML { view.phase == .blocked ? " open" : .nothing }

    private func row(_ gate: GateResult) -> HTML {
        """
        <tr class="\(gate.open ? "open" : "closed")"><th scope="row">\(gate.id)</th><td>\(kind(gate))</td>\
        <td>\(gate.open ? "open" : "CLOSED")</td><td>\(gate.because)</td></tr>

        """
    }

    private func kind(_ gate: GateResult) -> String {
        switch gate.kind ?? Gates.gate(gate.id)?.kind {
        case .authorised?: "authorised: may we"
        case .evidence?: "evidence: is it true"
        case .safe?: "safe: should we"
        case nil: ""
        }
    }
}
