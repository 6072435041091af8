/// Something in one Region that serves clients, and how many of it must run once they come. A standby may be
/// kept small: a failover raises it.
public struct Capacity: Sendable, Hashable, Codable {
    public var region: Region
    public var resource: Resource
    /// Tasks or instances, 1...5000. What is more already stays: a failover never lowers it.
    public var desired: Int

    public enum Resource: Sendable, Hashable, Codable {
        case ecsService(cluster: String, service: String)
        case autoScalingGroup(name: String)
    }

    public init(region: Region, resource: Resource, desired: Int) {
        self.region = region
        self.resource = resource
        self.desired = desired
    }

    /// The last part of its name, for ids.
    public var name: String {
        switch resource {
        case .ecsService(_, let service): service
        case .autoScalingGroup(let name): name
        }
    }

    /// For people: `ECS service shop/web in us-west-2`.
    public var label: String {
        switch resource {
        case .ecsService(let cluster, let service): "ECS service \(cluster)/\(service) in \(region)"
        case .autoScalingGroup(let name): "Auto Scaling group \(name) in \(region)"
        }
    }

    /// What a person types to raise it.
    public var command: String { command(desired: String(desired)) }

    /// `desired`: a number, or a shell's word for one.
    public func command(desired: String) -> String {
        switch resource {
        case .ecsService(let cluster, let service):
            "aws ecs update-service --region \(region) --cluster \(cluster) --service \(service) "
                + "--desired-count \(desired)"
        case .autoScalingGroup(let name):
            "aws autoscaling update-auto-scaling-group --region \(region) --auto-scaling-group-name \(name) "
                + "--min-size \(desired) --desired-capacity \(desired)"
        }
    }
}
