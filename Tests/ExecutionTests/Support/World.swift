import Failover

/// What exists, and how it looks as time passes.
struct World: Sendable {
    var instances: [InstanceModel] = []
    var clusters: [ClusterModel] = []
    var globals: [GlobalModel] = []
    var groups: [String: Int] = [:]
    var records = RecordModel()
    var samples: [String] = []
    var service = CapacityModel()
    var group = CapacityModel()
    /// Describe calls show the state of this long ago.
    var staleness = Duration.zero
    /// Every other describe call does, where set; all of them otherwise.
    var alternates = false
    /// From then on they show the truth.
    var truthFrom = Timestamp(milliseconds: .max)
    private var describes = 0

    /// The time whose state a describe call shows.
    mutating func viewTime(_ now: Timestamp) -> Timestamp {
        describes += 1
        guard staleness > .zero, now < truthFrom, !alternates || describes.isMultiple(of: 2) else {
            return now
        }
        return now - staleness
    }

    mutating func answer(_ call: WireCall, at now: Timestamp) throws(Refusal) -> String {
        let result = try result(call, at: now)
        switch call.service {
        case "ec2": return "<\(call.operation)Response>\(result)</\(call.operation)Response>"
        case "route53", "ecs": return result
        default:
            let name = "\(call.operation)Result"
            return "<\(call.operation)Response><\(name)>\(result)</\(name)></\(call.operation)Response>"
        }
    }

    private mutating func result(_ call: WireCall, at now: Timestamp) throws(Refusal) -> String {
        switch call.operation {
        case "DescribeDBInstances", "DescribeDBClusters", "DescribeGlobalClusters":
            describe(call, at: viewTime(now))
        case "PromoteReadReplica", "ModifyDBInstance", "RebootDBInstance": try changeInstance(call, at: now)
        case "ModifyDBCluster": try changeCluster(call, at: now)
        case "RemoveFromGlobalCluster", "FailoverGlobalCluster": try changeGlobal(call, at: now)
        case "DescribeSecurityGroups": try describeGroups(call)
        case "RevokeSecurityGroupIngress": try revoke(call)
        case "ListResourceRecordSets": records.list(call)
        case "ChangeResourceRecordSets": try records.change(call, at: now)
        case "GetChange": records.progress(at: now)
        case "PutMetricData": put(call)
        case "DescribeServices", "UpdateService": try service.answer(call, at: now)
        case "DescribeAutoScalingGroups", "UpdateAutoScalingGroup": try group.answer(call, at: now)
        case "Publish": "<MessageId>message-1</MessageId>"
        default: throw Refusal("InvalidAction", "the double knows no \(call.operation)")
        }
    }

    private mutating func put(_ call: WireCall) -> String {
        samples.append(call.parameters["MetricData.member.1.Value"] ?? "")
        return ""
    }

    private func describeGroups(_ call: WireCall) throws(Refusal) -> String {
        var found = ""
        for name in call.list("GroupId") {
            guard let rules = groups[name] else { throw Refusal("InvalidGroup.NotFound", "no such group") }
            let items = (0..<rules).map {
                "<item><ipProtocol>tcp</ipProtocol><fromPort>\(5432 + $0)</fromPort>"
                    + "<toPort>\(5432 + $0)</toPort>"
                    + "<ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges></item>"
            }
            found +=
                "<item><groupId>\(name)</groupId><ipPermissions>\(items.joined())</ipPermissions></item>"
        }
        return "<securityGroupInfo>\(found)</securityGroupInfo>"
    }

    private mutating func revoke(_ call: WireCall) throws(Refusal) -> String {
        guard let name = call.parameters["GroupId"], let rules = groups[name], rules > 0 else {
            throw Refusal("InvalidPermission.NotFound", "no such rule")
        }
        groups[name] = 0
        return "<return>true</return>"
    }
}
