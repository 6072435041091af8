import Failover

/// Plays every policy on every timeline and holds what it does against the labels.
public struct IncidentBench: Sendable {
    public static let policies: [any BenchPolicy] = [
        DrctlPolicy(), ThreeProbes(), OneAlarm(), LeaderLease(), HealthCheckAndLag(),
    ]

    public var rows: [IncidentRow]

    public init(_ incidents: [Incident]) {
        rows = incidents.map(IncidentRow.init)
    }

    public func summary(of policy: Int) -> PolicySummary {
        let results = rows.map { $0.results[policy] }
        return PolicySummary(name: Self.policies[policy].name, results: results)
    }

    public var summaries: [PolicySummary] { Self.policies.indices.map(summary) }
}

/// One timeline with what each policy made of it.
public struct IncidentRow: Sendable {
    public var incident: Incident
    /// In the order of `IncidentBench.policies`.
    public var results: [IncidentResult]
    /// When the evidence for drctl's first failover was complete; nil without one.
    public var evidenceComplete: Duration?
    /// When that failover was decided.
    private var measured: Duration?
    /// How long the longest gap between that and drctl's decision may be.
    public var allowance: Duration

    init(_ incident: Incident) {
        self.incident = incident
        let cast = Cast(incident)
        results = IncidentBench.policies.map { policy in
            IncidentResult(incident, cast, calls: policy.play(incident))
        }
        allowance =
            incident.policy.pollInterval
            + (cast.members.map(\.workload.policy.confirmationWindow).max() ?? .zero)
        let right = incident.workloads.filter(\.label.isRight).map(\.name)
        guard let first = results[0].calls.first(where: { right.contains($0.workload) }) else { return }
        measured = first.at
        evidenceComplete = EvidenceClock.completion(of: incident, for: first.workload, decided: first.at)
    }

    /// How long drctl took from complete evidence; nil where that was never measured.
    public var delay: Duration? {
        guard let evidenceComplete, let measured else { return nil }
        return measured - evidenceComplete
    }
}

/// What one policy made of one timeline.
public struct IncidentResult: Sendable {
    public enum Outcome: String, Sendable, Codable {
        /// Failed over when it was right, in time.
        case right
        /// Rightly did nothing.
        case quiet
        /// Failed over when it was wrong.
        case false_ = "false"
        /// Did nothing although it was right.
        case missed
        /// Failed over after it was of any use: counted as missed.
        case late
    }

    public var outcome: Outcome
    public var calls: [FailoverCall]
    /// From the moment from which a failover was right to the last workload's; nil unless `right`.
    public var took: Duration?
    /// What it said would be lost, and what would have been; the worst workload's.
    public var predictedLoss: Duration?
    public var trueLoss: Duration?

    init(_ incident: Incident, _ cast: Cast, calls: [FailoverCall]) {
        self.calls = calls
        let outcomes = cast.members.map { member in
            Self.outcome(member.role.label, calls.first { $0.workload == member.role.name })
        }
        let worst: [Outcome] = [.false_, .missed, .late, .right]
        outcome = worst.first(where: outcomes.contains) ?? .quiet
        guard outcome == .right else { return }
        for member in cast.members {
            guard case .right(let notBefore, _, let told) = member.role.label,
                let call = calls.first(where: { $0.workload == member.role.name })
            else { continue }
            let start = max(notBefore, incident.start(for: member.role))
            took = max(took ?? .zero, call.at - start)
            let losses = member.onlookers.map { $0.history.loss(at: call.at.wholeSeconds) }
            trueLoss = max(trueLoss ?? .zero, told ?? losses.max() ?? .zero)
            if let predicted = call.predictedLoss { predictedLoss = max(predictedLoss ?? .zero, predicted) }
        }
    }

    private static func outcome(_ label: IncidentLabel, _ call: FailoverCall?) -> Outcome {
        switch (label, call) {
        case (.wrong, nil): .quiet
        case (.wrong, .some): .false_
        case (.right, nil): .missed
        case (.right(let notBefore, let by, _), .some(let call)):
            call.at < notBefore ? .false_ : call.at > by ? .late : .right
        }
    }
}

extension Incident {
    /// When the first thing happens to a workload.
    func start(for workload: IncidentWorkload) -> Duration {
        let events = events.filter { event in
            workload.databases.contains { event.concerns(workload.name, $0) } && event.from > .zero
        }
        return events.map(\.from).min() ?? .zero
    }
}

/// How one policy did on all of them.
public struct PolicySummary: Sendable, Codable {
    public var policy: String
    public var right = 0
    public var quiet = 0
    public var falseFailovers = 0
    /// Too late included.
    public var missed = 0
    public var late = 0
    /// Of those that were right, from the moment from which they were.
    public var medianSeconds: Double?
    /// Of those that said what would be lost: medians, and how often over 5 s less was said than was lost.
    public var medianPredictedLossSeconds: Double?
    public var medianTrueLossSeconds: Double?
    public var underestimates = 0

    init(name: String, results: [IncidentResult]) {
        policy = name
        for result in results {
            switch result.outcome {
            case .right: right += 1
            case .quiet: quiet += 1
            case .false_: falseFailovers += 1
            case .missed: missed += 1
            case .late: (missed, late) = (missed + 1, late + 1)
            }
        }
        medianSeconds = Self.median(results.compactMap(\.took))
        medianTrueLossSeconds = Self.median(results.compactMap(\.trueLoss))
        let pairs = results.compactMap { result in
            result.predictedLoss.map { ($0, result.trueLoss ?? .zero) }
        }
        medianPredictedLossSeconds = Self.median(pairs.map(\.0))
        underestimates = pairs.filter { $0.0 + Self.tolerance < $0.1 }.count
    }

    /// What the clocks of other machines, the second that a commit counts for and the look that finds a
    /// primary gone amount to.
    private static let tolerance = Duration.seconds(5)

    private static func median(_ spans: [Duration]) -> Double? {
        guard !spans.isEmpty else { return nil }
        let sorted = spans.sorted()
        let middle = sorted.count / 2
        let span = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        return span.inSeconds
    }
}
