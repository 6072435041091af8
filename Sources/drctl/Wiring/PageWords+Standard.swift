import Failover
import Server
import Settings

extension PageWords {
    /// The words of `drctl history` and `drctl status`.
    static func standard(_ configuration: Configuration) -> PageWords {
        let limits = configuration.workloads.map { ($0.id, $0.policy.maximumDataLoss.inSeconds) }
        let known = Dictionary(limits, uniquingKeysWith: { first, _ in first })
        return PageWords(
            record: { record in
                record.event.isDeed ? sanitized(RecordText(record: record).line) : nil
            },
            runbook: { view in
                Runbook(
                    phase: view.phase, closed: view.assessment?.closedGates ?? [],
                    isUnfenced: !view.owedFences.isEmpty)?.path
            },
            limit: { known[$0] })
    }
}
