import Failover
import Journal

extension Controller {
    /// What a later replay must know of this process's watch.
    func session(version: String, configurationDigest: String) -> RecordingSession {
        RecordingSession(
            startedAt: clock.now(), version: version, configurationDigest: configurationDigest,
            round: pace.round, tick: pace.tick,
            estate: workloads.map { RecordingSession.WatchedWorkload(id: $0.id, databases: $0.databases) })
    }

    /// Keeps what the machine has taken in, beside the journal and never in its way.
    func remember(_ input: Input, _ decision: Decision, at now: Timestamp) {
        if case .observed(let observations) = input { observationLog?.took(observations, at: now) }
        let changesPhase = decision.records.contains {
            if case .phaseChanged = $0.event { true } else { false }
        }
        if changesPhase { observationLog?.hurry() }
    }
}
