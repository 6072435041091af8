import Failover

/// One service or one group: what it shall have, and what runs some time after it was told.
struct CapacityModel: Sendable {
    var exists = true
    var status: String?
    var desired = 1
    var running = 1
    var least = 0
    var most = 10
    /// From a change until it runs; nil: never.
    var startsAfter: Duration? = .seconds(90)
    var changedAt: Timestamp?
    /// Whether it says how many shall run.
    var tells = true

    private mutating func set(_ count: Int, at now: Timestamp) {
        running = running(at: now)
        desired = count
        changedAt = now
    }

    private func running(at now: Timestamp) -> Int {
        guard let changedAt, let startsAfter, now - changedAt >= startsAfter else { return running }
        return desired
    }

    mutating func answer(_ call: WireCall, at now: Timestamp) throws(Refusal) -> String {
        switch call.operation {
        case "DescribeServices":
            let found = exists ? service(at: now) : ""
            let failure = exists ? "" : "{\"reason\": \"MISSING\"}"
            return "{\"services\": [\(found)], \"failures\": [\(failure)]}"
        case "UpdateService":
            set(Int(call.parameters["desiredCount"] ?? "") ?? -1, at: now)
            return "{\"service\": \(service(at: now))}"
        case "DescribeAutoScalingGroups":
            return "<AutoScalingGroups>\(exists ? group(at: now) : "")</AutoScalingGroups>"
        default:
            least = call.parameters["MinSize"].flatMap { Int($0) } ?? least
            let count = call.parameters["DesiredCapacity"].flatMap { Int($0) } ?? desired
            guard count <= most else { throw Refusal("ValidationError", "above max value") }
            set(count, at: now)
            return ""
        }
    }

    private func service(at now: Timestamp) -> String {
        let told = tells ? "\"desiredCount\": \(desired), " : ""
        return """
            {"serviceName": "web", "status": "\(status ?? "ACTIVE")", \(told)\
            "runningCount": \(running(at: now))}
            """
    }

    private func group(at now: Timestamp) -> String {
        let instances = (0..<desired).map { index in
            let state = index < running(at: now) ? "InService" : "Pending"
            return "<member><InstanceId>i-\(index)</InstanceId><LifecycleState>\(state)</LifecycleState>"
                + "<HealthStatus>Healthy</HealthStatus></member>"
        }
        return "<member><AutoScalingGroupName>workers</AutoScalingGroupName><MinSize>\(least)</MinSize>"
            + "<MaxSize>\(most)</MaxSize>"
            + (tells ? "<DesiredCapacity>\(desired)</DesiredCapacity>" : "")
            + (status.map { "<Status>\($0)</Status>" } ?? "")
            + "<Instances>\(instances.joined())</Instances></member>"
    }
}
