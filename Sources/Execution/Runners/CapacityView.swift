import AWS
import Failover

/// What AWS says of something that runs in a number.
public struct CapacityView: Sendable, Equatable {
    /// How many shall run.
    public var desired: Int
    /// How many do: tasks that run, or instances that are in service and healthy. Whether a load balancer
    /// finds a task healthy is not in it.
    public var running: Int
    /// What its own scaling never goes below; nil where that is not known here.
    public var least: Int?
    /// The most that may be asked for; nil when there is no limit.
    public var most: Int?
    /// One of it runs on each instance, whatever number is asked for.
    public var takesNoNumber = false
    /// Why it cannot grow; nil when it can.
    public var obstacle: String?

    public init(_ service: ECSService) {
        desired = service.desiredCount ?? 0
        running = service.runningCount ?? 0
        let status = service.status ?? "ACTIVE"
        if status != "ACTIVE" { obstacle = "is \(status.prefix(40))" }
        if service.desiredCount == nil { obstacle = Self.untold }
        takesNoNumber = service.schedulingStrategy == "DAEMON"
    }

    public init(_ group: AutoScalingGroup) {
        desired = group.desiredCapacity ?? 0
        running = group.instances.count { $0.lifecycleState == "InService" && $0.healthStatus == "Healthy" }
        least = group.minSize
        most = group.maxSize
        // Only while it is being deleted.
        if let status = group.status { obstacle = "is in state \(status.prefix(40))" }
        if group.desiredCapacity == nil || group.minSize == nil { obstacle = Self.untold }
    }

    /// A number that is missing is not zero: what may be larger already would be lowered.
    private static let untold = "is described without how many of it shall run"

    /// As many of those wanted as may be asked for.
    public func goal(_ wanted: Int) -> Int { min(wanted, most ?? wanted) }

    /// Whether so many are asked for, and stay.
    public func holds(_ wanted: Int) -> Bool { desired >= wanted && (least ?? wanted) >= wanted }

    /// Why so many cannot be asked for, with what to do; nil when they can.
    public func refusal(of wanted: Int) -> String? {
        if let obstacle { return obstacle }
        guard let most, most < wanted else { return nil }
        return "may have \(most) at most: raise its MaxSize to \(wanted)"
    }

    /// Looks at it; nil when there is none of that name.
    public static func look(
        at capacity: Capacity, _ aws: AWSClient, _ options: CallOptions
    ) async throws(AWSError) -> CapacityView? {
        let region = capacity.region.rawValue
        switch capacity.resource {
        case .ecsService(let cluster, let service):
            let answer = try await aws.call(
                describe(cluster: cluster, service: service), region: region, options: options)
            return answer.services.first { $0.serviceName == service }.map { CapacityView($0) }
        case .autoScalingGroup(let name):
            let groups = try await aws.all(describe(group: name), region: region, options: options)
            return groups.first { $0.autoScalingGroupName == name }.map { CapacityView($0) }
        }
    }

    static func describe(cluster: String, service: String) -> DescribeServices {
        DescribeServices(services: [service], cluster: cluster)
    }

    static func describe(group: String) -> DescribeAutoScalingGroups {
        DescribeAutoScalingGroups(autoScalingGroupNames: [group])
    }
}

extension Trial {
    /// Each one's view or why there is none, asked for at once: the silence about one takes no time from the
    /// others.
    func views(of capacities: [Capacity]) async -> [Result<CapacityView?, AWSError>] {
        await concurrently(capacities) { capacity in
            do throws(AWSError) {
                return .success(try await view(of: capacity))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Nil when there is none of that name.
    func view(of capacity: Capacity) async throws(AWSError) -> CapacityView? {
        try await CapacityView.look(at: capacity, context.aws, lookOptions)
    }
}

extension PlannedCall {
    init(looking capacity: Capacity) {
        switch capacity.resource {
        case .ecsService(let cluster, let service):
            self.init(CapacityView.describe(cluster: cluster, service: service), in: capacity.region)
        case .autoScalingGroup(let name): self.init(CapacityView.describe(group: name), in: capacity.region)
        }
    }
}
