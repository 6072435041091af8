import AWS
import Failover

/// A connection of our own to the old writer, which must not be answered. During a restart every database is
/// silent, so only the silence of one that serves counts.
struct EndpointRefuses: Awaited {
    let action: FenceAction
    let moment: Moment

    enum Moment {
        /// A writer that still answers would be restarted for nothing.
        case beforeRestart
        /// A restart also heals what hung, and would have been silent with open doors.
        case afterRestart
    }

    var what: String { "the silence of \(action.name)" }
    var place: String { action.region.rawValue }
    var advice: String {
        "The old writer is not proven closed: look at its status, its security groups, and at what else lets "
            + "clients in."
    }
    /// Before the restart nothing is proven yet.
    var confirmations: Int { moment == .beforeRestart ? 1 : 2 }

    func look(_ trial: Trial, _ stage: Stage) async throws(AWSError) -> Sighting<Never> {
        switch try await action.find(trial) {
        case .unneeded(let text): return .unneeded(text)
        case .refuse(let text): return .refuse(text)
        case .found(let writer):
            guard let instance = writer.instance else { return .done("it has no instance that could answer") }
            guard let endpoint = writer.endpoint else { return .done("it has no endpoint") }
            if writer.instanceStatus == "stopped" { return .done("\(instance) is stopped") }
            let isServing = StatusMeaning(status: writer.instanceStatus) == .serving
            if isServing { return await knock(endpoint, trial) }
            let text = "\(instance) is \(writer.instanceStatus)"
            return moment == .beforeRestart
                ? .done(text) : .wait("\(text), so that its silence proves nothing yet")
        }
    }

    private func knock(_ endpoint: Failover.Endpoint, _ trial: Trial) async -> Sighting<Never> {
        switch await trial.context.knock(endpoint) {
        case .known(let answer) where answer.answered:
            await trial.context.restarts.forget(action)
            return .wait("\(endpoint) still answers (\(answer.detail))")
        case .known(let answer): return .done("\(endpoint) does not answer from here (\(answer.detail))")
        case .unknown(_, let detail): return .done("\(endpoint) could not be probed from here (\(detail))")
        }
    }
}
