@testable import AWS

/// The inputs of `Vectors/more_inputs.py` for RegionSwitch, under the same names.
enum RegionSwitchRequests {

    static let operations: [String: any Operation] = [
        "StartPlanExecution in full": StartPlanExecution(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123",
            targetRegion: "eu-central-1", action: "postRecovery", mode: "ungraceful", comment: "comment & é",
            latestVersion: "latestVersion & é", clientToken: "token-1"),
        "StartPlanExecution in brief": StartPlanExecution(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123",
            targetRegion: "eu-central-1", action: "postRecovery", clientToken: "token-1"),
        "GetPlanExecution in full": GetPlanExecution(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123", executionId: "exec-1",
            maxResults: 100, nextToken: "nextToken & é"),
        "GetPlanExecution in brief": GetPlanExecution(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123", executionId: "exec-1"),
        "ListPlanExecutions in full": ListPlanExecutions(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123", maxResults: 100,
            nextToken: "nextToken & é", state: "completedMonitoringApplicationHealth"),
        "ListPlanExecutions in brief": ListPlanExecutions(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123"),
        "CancelPlanExecution in full": CancelPlanExecution(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123", executionId: "exec-1",
            comment: "comment & é"),
        "CancelPlanExecution in brief": CancelPlanExecution(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123", executionId: "exec-1"),
        "ApprovePlanExecutionStep in full": ApprovePlanExecutionStep(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123", executionId: "exec-1",
            stepName: "promote", approval: "decline", comment: "comment & é"),
        "ApprovePlanExecutionStep in brief": ApprovePlanExecutionStep(
            planArn: "arn:aws:arc-region-switch::123456789012:plan/orders:abc123", executionId: "exec-1",
            stepName: "promote", approval: "decline"),
    ]
}
