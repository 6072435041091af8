import HTTPTransport

/// One call on its way through its attempts.
struct Call<O: Operation> {
    let client: AWSClient
    let operation: O
    let region: String
    let options: CallOptions

    private let startedAt: Duration
    private let maxAttempts: Int
    private var attempt = 0
    /// Becomes true with the first attempt that AWS may have acted on, and stays so: a later refusal can be
    /// the echo of an earlier success.
    private var mayHaveTakenEffect = false
    private var hasRefreshedCredentials = false
    private var hasCorrectedClock = false
    private var lastCost: Int?

    init(client: AWSClient, operation: O, region: String, options: CallOptions) {
        self.client = client
        self.operation = operation
        self.region = region
        self.options = options
        startedAt = client.surroundings.steady()
        maxAttempts = max(1, options.maxAttempts ?? client.policy.maxAttempts)
    }

    mutating func run() async throws(AWSError) -> O.Output {
        let request = operation.request()
        while true {
            try checkBeforeAttempt()
            try await keepToRate()
            attempt += 1
            let began = client.surroundings.steady()
            let result = await Attempt(call: self).run(request, timeout: attemptTimeout)
            let duration = client.surroundings.steady() - began
            switch result {
            case .success(let success):
                record(.success, duration, status: success.status, requestID: success.requestID)
                await client.budget.deposit(destination, lastCost: lastCost)
                return success.output
            case .failure(let failure):
                try await recover(from: failure, after: duration)
            }
        }
    }

    var destination: Destination {
        Destination(account: client.account, service: O.service.id, region: region)
    }

    var elapsed: Duration {
        client.surroundings.steady() - startedAt
    }

    private var attemptTimeout: Duration {
        guard let deadline = options.deadline else { return options.attemptTimeout }
        return min(options.attemptTimeout, deadline - elapsed)
    }

    /// Returns when another attempt is due, or throws the failure.
    private mutating func recover(
        from failure: AttemptFailure, after duration: Duration
    ) async throws(AWSError) {
        if failure.outcome == .unknown, operation.kind.changesSomething { mayHaveTakenEffect = true }
        let decision = await decide(failure)
        let willRetry = if case .wait = decision { true } else { false }
        record(
            .failure(kind: failure.kind, code: failure.label, willRetry: willRetry), duration,
            status: failure.status, requestID: failure.fault?.requestID ?? failure.requestID)
        switch decision {
        case .giveUp(let reason): throw error(failure, reason)
        case .wait(let span):
            guard span > .zero else { return }
            do {
                try await client.surroundings.sleep(span)
            } catch {
                throw self.error(failure, .cancelled)
            }
        }
    }

    private enum Decision {
        case wait(Duration)
        case giveUp(AWSError.GaveUp)
    }

    private mutating func decide(_ failure: AttemptFailure) async -> Decision {
        if Task.isCancelled || failure.kind == .cancelled { return .giveUp(.cancelled) }
        switch failure.remedy {
        case .none:
            return .giveUp(.notTransient)
        case .refreshedCredentials:
            // Once, outside the count: the refusal says nothing about the service's health.
            guard !hasRefreshedCredentials else { return .giveUp(.notTransient) }
            hasRefreshedCredentials = true
            return .wait(.zero)
        case .correctedClock:
            guard !hasCorrectedClock else { return .giveUp(.notTransient) }
            hasCorrectedClock = true
            return .wait(.zero)
        case .backoff(let isTimeout):
            guard failure.outcome == .notDone || operation.kind.mayRepeat else {
                return .giveUp(.notRepeatable)
            }
            guard attempt < maxAttempts else { return .giveUp(.attemptsUsedUp) }
            let own = client.policy.backoff(retry: attempt, random: client.surroundings.random())
            let wait = failure.hint?.applied(to: own) ?? own
            if let deadline = options.deadline, elapsed + wait >= deadline { return .giveUp(.deadline) }
            guard let cost = await client.budget.withdraw(destination, timeout: isTimeout) else {
                return .giveUp(.budgetUsedUp)
            }
            lastCost = cost
            return .wait(wait)
        }
    }

    private func checkBeforeAttempt() throws(AWSError) {
        if Task.isCancelled {
            throw error(AttemptFailure(kind: .cancelled, message: "the task was cancelled"), .cancelled)
        }
        if let deadline = options.deadline, elapsed >= deadline {
            throw error(AttemptFailure(kind: .deadline, message: "the deadline has passed"), .deadline)
        }
    }

    func error(_ failure: AttemptFailure, _ gaveUp: AWSError.GaveUp) -> AWSError {
        let outcome: AWSError.Outcome = mayHaveTakenEffect ? .unknown : .notDone
        let isPassing = if case .backoff = failure.remedy { true } else { failure.kind == .deadline }
        return AWSError(
            service: O.service, operation: O.name, region: region, kind: failure.kind,
            code: failure.fault?.code, message: failure.fault?.message ?? failure.message,
            status: failure.status, requestID: failure.fault?.requestID ?? failure.requestID,
            outcome: outcome,
            retryable: isPassing && (outcome == .notDone || operation.kind.mayRepeat), attempts: attempt,
            gaveUp: gaveUp, document: failure.fault?.document)
    }

    private func record(
        _ outcome: CallRecord.Outcome, _ duration: Duration, status: Int?, requestID: String?
    ) {
        client.observer?(
            CallRecord(
                service: O.service.id, operation: O.name, region: region, attempt: attempt,
                duration: duration,
                outcome: outcome, status: status, requestID: requestID))
    }
}
