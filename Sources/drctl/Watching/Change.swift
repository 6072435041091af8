import Failover

/// What a change is: what a person would want to hear of. Lags and ages move at every look.
struct Essence: Equatable {
    private var phase: Phase
    private var mode: Policy.Mode
    private var activeRegion: Region
    private var verdict: Verdict?
    private var closed: [GateID]
    private var hold: Failover.Hold?
    private var steps: [String]
    private var owed: [FenceAction]
    private var exposedSince: Timestamp?
    private var ledgers: Int

    init(_ view: WorkloadView) {
        phase = view.phase
        mode = view.mode
        activeRegion = view.activeRegion
        verdict = view.assessment?.verdict
        closed = view.assessment?.closedGates ?? []
        hold = view.hold
        steps = view.plan?.steps.map { "\($0.id) \($0.state) \($0.attempt)" } ?? []
        owed = view.owedFences
        exposedSince = view.exposedSince
        ledgers = view.ledgers.count
    }
}

/// A change in words.
struct ChangeText {
    let before: WorkloadView?
    let view: WorkloadView
    let at: Timestamp

    var lines: [String] {
        var lines: [String] = []
        let isNew = before?.phase != view.phase || before?.assessment?.verdict != view.assessment?.verdict
        if isNew || before?.hold != view.hold || before?.mode != view.mode {
            let hold = view.hold.map { ", on hold by \($0.by)" } ?? ""
            let sentence = view.assessment?.sentence ?? "not looked at yet"
            lines.append("\(view.phase.rawValue.uppercased())\(hold)  \(oneLine(sentence))")
        }
        lines += steps
        if before?.owedFences != view.owedFences {
            lines += view.owedFences.map { "NOT FENCED: \($0.identifier) in \($0.region)" }
        }
        if before?.exposedSince != view.exposedSince {
            lines.append(view.exposedSince == nil ? "protected again" : "EXPOSED: no standby")
        }
        if lines.isEmpty {
            let closed = view.assessment?.closedGates.map(\.rawValue).joined(separator: ", ") ?? ""
            lines.append(closed.isEmpty ? "every gate is open" : "closed gates: \(closed)")
        }
        return lines.map { "\(clockText(at, now: at))  \(view.id)  \($0)" }
    }

    private var steps: [String] {
        guard let plan = view.plan else { return [] }
        let isSame = before?.plan?.plan.epoch == plan.plan.epoch
        return plan.steps.filter { step in
            guard step.state != .waiting else { return false }
            let old = isSame ? before?.plan?.steps.first { $0.id == step.id } : nil
            return old?.state != step.state || old?.attempt != step.attempt
        }.map { step in
            let pace = StepPace(plan: plan.plan, step: step, now: at)?.text
            return "\(step.state.rawValue)  \(step.id)  \(oneLine(step.detail ?? pace ?? ""))"
        }
    }
}
