import Failover

/// `drctl handover`, for people: to be done from the top to the bottom.
struct HandoverText {
    let handover: Handover

    var text: String {
        let number = handover.epoch.map { " (failover \($0))" } ?? ""
        let head =
            "\(handover.workload) runs in \(handover.to)\(number). Once \(handover.from) is back and its "
            + "data is no longer needed:"
        let steps = handover.steps.enumerated().map { number, step in
            (["\(number + 1). \(step.title)"] + body(step)).joined(separator: "\n")
        }
        return ([head] + steps).joined(separator: "\n\n")
    }

    private func body(_ step: HandoverStep) -> [String] {
        step.edits.flatMap(lines) + step.commands.map { "     \($0)" }
    }

    private func lines(_ edit: HandoverEdit) -> [String] {
        let value = edit.to ?? "?"
        let note = edit.note.map { "  # \($0)" } ?? ""
        let was = edit.from.map { "\($0) -> " } ?? ""
        return ["     \(edit.path): \(was)\(value)\(note)"]
    }
}
