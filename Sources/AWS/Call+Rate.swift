/// Adaptive mode: how fast one destination is asked.
extension Call {
    /// Returns when the next attempt may leave.
    func keepToRate() async throws(AWSError) {
        guard client.policy.mode == .adaptive else { return }
        while true {
            let wait = await client.rates.acquire(destination, now: client.surroundings.steady())
            guard wait > .zero else { return }
            if let deadline = options.deadline, elapsed + wait >= deadline {
                throw error(
                    AttemptFailure(
                        kind: .throttled, message: "held back here, since AWS has asked for fewer requests"),
                    .deadline)
            }
            do {
                try await client.surroundings.sleep(wait)
            } catch {
                throw self.error(
                    AttemptFailure(kind: .cancelled, message: "the task was cancelled"), .cancelled)
            }
        }
    }

    /// Every answer counts, also one that is an error.
    func learn(from answer: Answer<O>) async {
        guard client.policy.mode == .adaptive else { return }
        await client.rates.learn(
            destination, throttled: answer.failure?.kind == .throttled, now: client.surroundings.steady())
    }
}
