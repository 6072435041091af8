@testable import AWS

/// The inputs of `Vectors/more_inputs.py` for AutoScaling, under the same names.
enum AutoScalingRequests {

    static let operations: [String: any Operation] = [
        "DescribeAutoScalingGroups in full": DescribeAutoScalingGroups(
            autoScalingGroupNames: ["AutoScalingGroupName & é"], maxRecords: 100, nextToken: "NextToken & é"),
        "DescribeAutoScalingGroups in brief": DescribeAutoScalingGroups(),
        "SetDesiredCapacity in full": SetDesiredCapacity(
            autoScalingGroupName: "AutoScalingGroupName & é", desiredCapacity: 7, honorCooldown: true),
        "SetDesiredCapacity in brief": SetDesiredCapacity(
            autoScalingGroupName: "AutoScalingGroupName & é", desiredCapacity: 7),
        "UpdateAutoScalingGroup in full": UpdateAutoScalingGroup(
            autoScalingGroupName: "AutoScalingGroupName & é", minSize: 7, maxSize: 7, desiredCapacity: 7),
        "UpdateAutoScalingGroup in brief": UpdateAutoScalingGroup(
            autoScalingGroupName: "AutoScalingGroupName & é"),
    ]
}
