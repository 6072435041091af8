/// What something needs that lives in one Region.
public enum Need: Sendable, Hashable {
    /// Services of this Region.
    case region(Region)
    /// Route 53's control plane: in us-east-1 for the partition `aws`, whatever Region asks.
    case route53ControlPlane

    /// Whether it may be gone when `region` is lost.
    func isLost(with region: Region) -> Bool {
        switch self {
        case .region(let needed): needed == region
        case .route53ControlPlane: region == "us-east-1"
        }
    }

    var text: String {
        switch self {
        case .region(let region): region.rawValue
        case .route53ControlPlane: "Route 53's control plane in us-east-1"
        }
    }
}

extension Action {
    /// What must answer for the step to be carried out.
    public var needs: [Need] {
        switch self {
        // Answers that do not come are part of what a recheck sees; resolvers are everywhere.
        case .recheck, .confirmTraffic: []
        case .fence(let fence): [.region(fence.region)]
        case .promoteReplica(let action): [.region(action.region)]
        case .detachFromGlobalCluster(let action): [.region(action.region)]
        case .failoverGlobalCluster(let action): [.region(action.region)]
        case .awaitWriter(let action): [.region(action.region)]
        case .raiseCapacity, .awaitCapacity:
            Set(capacities.map(\.region)).sorted().map { .region($0) }
        case .moveRecord: [.route53ControlPlane]
        case .flipHealthCheck(let flip): [.region(flip.lever.region)]
        }
    }
}

/// What a plan depends on that may fail together with the Region that it leaves.
struct Dependence: Sendable, Equatable {
    /// One line each, for people.
    private(set) var lines: [String]

    init(of plan: Plan, for workload: Workload, host: HostFacts?) {
        let lost = workload.primaryRegion
        lines = plan.steps.filter { !Self.waitsOnPurpose($0) }.flatMap { step in
            step.action.needs.filter { $0.isLost(with: lost) }.map { "\(step.id) needs \($0.text)" }
        }
        if !workload.topics.isEmpty, workload.topics.allSatisfy({ $0.region == lost }) {
            lines.append("every notification topic is in \(lost)")
        }
        guard let host else { return }
        if host.region == lost { lines.append("drctl itself runs in \(lost)") }
        if host.credentialsRegion == lost { lines.append("drctl's credentials are issued in \(lost)") }
    }

    /// A fence may be owed; and where it is required it waits for its Region on purpose.
    private static func waitsOnPurpose(_ step: Step) -> Bool {
        if case .fence = step.action { true } else { false }
    }
}

extension Situation {
    /// What the plan needs of the Region that it leaves. While that Region's API answers, it is not lost.
    var dependencies: [String] {
        guard let dependence, !dependence.lines.isEmpty, !primaryRegionAnswers else { return [] }
        return dependence.lines
    }

    private var primaryRegionAnswers: Bool { inquiries.allSatisfy { $0.state(.primary)?.value != nil } }
}
