import Failover

/// When the evidence for a failover was complete: the first moment, without a gap until the decision, at
/// which an observer that asks every witness every second, and waits only for their own delays, finds every
/// gate open that evidence opens. What is left is what drctl may take on top of it: its confirmation window
/// and its pace.
struct EvidenceClock {
    /// Gates that are not about evidence.
    private static let others: Set<String> = ["mode", "window", "capacity", "fleet", "lease", "hold"]
    /// The decision may rest on answers that are this old.
    private static let patience = Duration.seconds(30)

    /// Nil when the evidence never was complete before `decided`.
    static func completion(of incident: Incident, for name: String, decided: Duration) -> Duration? {
        guard let member = Cast(incident, mode: .observe).members.first(where: { $0.role.name == name })
        else {
            return nil
        }
        var machine = DecisionMachine(workloads: [member.workload], maxConcurrentFailovers: 1)
        _ = machine.handle(
            .started(version: "incidents", configurationDigest: "-"), now: .incident(.seconds(-60)))
        var arriving: [Int: [Observation]] = [:]
        var since: Duration?
        var span: (since: Duration, until: Duration)?
        // One second more: answers are rounded up to the next one.
        for second in -60...(decided.wholeSeconds + 1) {
            var answers = false
            for onlooker in member.onlookers {
                for report in onlooker.reports(at: second, closer: true, promoted: false) {
                    let at = second + Int((report.takes.milliseconds + 999) / 1000)
                    answers = answers || report.fact.provesThePrimary
                    arriving[at, default: []].append(onlooker.observation(report, at: .seconds(at)))
                }
            }
            let now = Timestamp.incident(.seconds(second))
            _ = machine.handle(.observed(arriving.removeValue(forKey: second) ?? []), now: now)
            // Spelling every gate out takes time, and one that answers closes them anyway.
            guard !answers else {
                since = nil
                continue
            }
            let gates = machine.view(of: member.workload.id, now: now)?.assessment?.gates ?? []
            let closed = gates.contains { !$0.open && !others.contains($0.id.rawValue) }
            since = closed || gates.isEmpty ? nil : since ?? .seconds(second)
            if let since { span = (since, .seconds(second)) }
        }
        guard let span, decided - span.until <= patience else { return nil }
        return min(span.since, decided)
    }
}

extension Fact {
    /// The primary answers our own connection as it should.
    fileprivate var provesThePrimary: Bool {
        guard case .probe(.primary, .known(let answer)) = self, answer.answered else { return false }
        return answer.sql.map { $0.outcome == .wrote || $0.outcome == .looked } ?? true
    }
}
