import Failover

/// The security groups of one Region, as EC2 knows them.
extension Estate {
    func ec2(_ call: WireCall, asOf time: Timestamp, _ xml: inout XMLText) throws(Refusal) {
        switch call.operation {
        case "DescribeSecurityGroups": try describeGroups(call, time, &xml)
        case "RevokeSecurityGroupIngress":
            try revoke(call.rules, of: try call.required("GroupId"), in: call.region)
            xml.element("return", true)
        case "AuthorizeSecurityGroupIngress":
            try authorize(call.rules, of: try call.required("GroupId"), in: call.region)
            xml.element("return", true)
        default: throw .noOperation(call)
        }
    }

    private func describeGroups(
        _ call: WireCall, _ time: Timestamp, _ xml: inout XMLText
    ) throws(Refusal) {
        let there = groups[call.region] ?? [:]
        let asked = call.fields.list("GroupId.")
        for name in asked where there[name] == nil { throw .noGroup(name) }
        xml.nest("securityGroupInfo") { list in
            for name in asked.isEmpty ? there.keys.sorted() : asked {
                guard let rules = there[name]?.at(time) else { continue }
                list.nest("item") { group in
                    group.element("groupId", name)
                    group.element("groupName", name)
                    group.nest("ipPermissions") { permissions in
                        for rule in rules { permissions.permission(rule) }
                    }
                }
            }
        }
    }
}

extension XMLText {
    fileprivate mutating func permission(_ rule: IngressRule) {
        nest("item") { item in
            item.element("ipProtocol", rule.ipProtocol)
            item.element("fromPort", rule.fromPort)
            item.element("toPort", rule.toPort)
            item.nest("ipRanges") { ranges in
                ranges.nest("item") { $0.element("cidrIp", rule.range) }
            }
        }
    }
}

extension WireCall {
    /// Of `IpPermissions`: one for each range that one of them names.
    fileprivate var rules: [IngressRule] {
        var rules: [IngressRule] = []
        var index = 1
        while let ipProtocol = fields["IpPermissions.\(index).IpProtocol"] {
            let prefix = "IpPermissions.\(index)."
            let (from, to) = (fields["\(prefix)FromPort"], fields["\(prefix)ToPort"])
            var range = 1
            while let cidr = fields["\(prefix)IpRanges.\(range).CidrIp"] {
                rules.append(
                    IngressRule(
                        ipProtocol: ipProtocol, fromPort: from.flatMap { Int($0) } ?? -1,
                        toPort: to.flatMap { Int($0) } ?? -1, range: cidr))
                range += 1
            }
            index += 1
        }
        return rules
    }
}
