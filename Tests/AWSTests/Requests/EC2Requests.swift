@testable import AWS

/// The inputs of `Vectors/more_inputs.py` for EC2, under the same names.
enum EC2Requests {

    static let operations: [String: any Operation] = [
        "DescribeNetworkAcls in full": DescribeNetworkAcls(
            networkAclIds: ["NetworkAclId & é"],
            filters: [Filter(name: "engine", values: ["postgres", "x y"])], maxResults: 100,
            nextToken: "NextToken & é"),
        "DescribeNetworkAcls in brief": DescribeNetworkAcls(),
        "CreateNetworkAclEntry in full": CreateNetworkAclEntry(
            networkAclId: "NetworkAclId & é", ruleNumber: 90, protocol: "6", ruleAction: "deny", egress: true,
            cidrBlock: "CidrBlock & é", ipv6CidrBlock: "Ipv6CidrBlock & é",
            icmpTypeCode: ICMPTypeCode(type: 7, code: 7), portRange: PortRange(from: 5432, to: 5433),
            dryRun: true),
        "CreateNetworkAclEntry in brief": CreateNetworkAclEntry(
            networkAclId: "NetworkAclId & é", ruleNumber: 90, protocol: "6", ruleAction: "deny", egress: true),
        "ReplaceNetworkAclEntry in full": ReplaceNetworkAclEntry(
            networkAclId: "NetworkAclId & é", ruleNumber: 90, protocol: "6", ruleAction: "deny", egress: true,
            cidrBlock: "CidrBlock & é", ipv6CidrBlock: "Ipv6CidrBlock & é",
            icmpTypeCode: ICMPTypeCode(type: 7, code: 7), portRange: PortRange(from: 5432, to: 5433),
            dryRun: true),
        "ReplaceNetworkAclEntry in brief": ReplaceNetworkAclEntry(
            networkAclId: "NetworkAclId & é", ruleNumber: 90, protocol: "6", ruleAction: "deny", egress: true),
        "DeleteNetworkAclEntry in full": DeleteNetworkAclEntry(
            networkAclId: "NetworkAclId & é", ruleNumber: 90, egress: true, dryRun: true),
        "DeleteNetworkAclEntry in brief": DeleteNetworkAclEntry(
            networkAclId: "NetworkAclId & é", ruleNumber: 90, egress: true),
        "AuthorizeSecurityGroupEgress in full": AuthorizeSecurityGroupEgress(
            groupId: "GroupId & é",
            ipPermissions: [
                IPPermission(
                    ipProtocol: "tcp", fromPort: 5432, toPort: 5432, ipRanges: [IPRange(cidrIp: "10.0.0.0/8")]
                )
            ], dryRun: true),
        "AuthorizeSecurityGroupEgress in brief": AuthorizeSecurityGroupEgress(groupId: "GroupId & é"),
        "RevokeSecurityGroupEgress in full": RevokeSecurityGroupEgress(
            groupId: "GroupId & é",
            ipPermissions: [
                IPPermission(
                    ipProtocol: "tcp", fromPort: 5432, toPort: 5432, ipRanges: [IPRange(cidrIp: "10.0.0.0/8")]
                )
            ], securityGroupRuleIds: ["SecurityGroupRuleId & é"], dryRun: true),
        "RevokeSecurityGroupEgress in brief": RevokeSecurityGroupEgress(groupId: "GroupId & é"),
        "DescribeSecurityGroupRules in full": DescribeSecurityGroupRules(
            securityGroupRuleIds: ["SecurityGroupRuleId & é"],
            filters: [Filter(name: "engine", values: ["postgres", "x y"])], maxResults: 100,
            nextToken: "NextToken & é"),
        "DescribeSecurityGroupRules in brief": DescribeSecurityGroupRules(),
    ]
}
