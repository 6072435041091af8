@testable import AWS

/// The inputs of `Vectors/more_inputs.py` for CloudWatch, under the same names.
enum CloudWatchRequests {
    private static let start = WallTime(unixSeconds: 1_767_323_045)

    static let operations: [String: any Operation] = [
        "PutMetricAlarm in full": PutMetricAlarm(
            alarmName: "AlarmName & é", alarmDescription: "AlarmDescription & é", actionsEnabled: true,
            okActions: ["OKAction & é"], alarmActions: ["AlarmAction & é"],
            insufficientDataActions: ["InsufficientDataAction & é"], metricName: "MetricName & é",
            namespace: "Drctl/é", statistic: "Maximum",
            dimensions: [Dimension(name: "Workload", value: "orders & more")], period: 60, unit: "None",
            evaluationPeriods: 3, datapointsToAlarm: 2, threshold: 1.5,
            comparisonOperator: "GreaterThanUpperThreshold", treatMissingData: "TreatMissingData & é"),
        "PutMetricAlarm in brief": PutMetricAlarm(
            alarmName: "AlarmName & é", evaluationPeriods: 3, comparisonOperator: "GreaterThanUpperThreshold"),
        "SetAlarmState in full": SetAlarmState(
            alarmName: "AlarmName & é", stateValue: "INSUFFICIENT_DATA", stateReason: "StateReason & é",
            stateReasonData: "{\"why\":\"é\"}"),
        "SetAlarmState in brief": SetAlarmState(
            alarmName: "AlarmName & é", stateValue: "INSUFFICIENT_DATA", stateReason: "StateReason & é"),
        "DeleteAlarms in full": DeleteAlarms(alarmNames: ["AlarmName & é"]),
        "EnableAlarmActions in full": EnableAlarmActions(alarmNames: ["AlarmName & é"]),
        "DisableAlarmActions in full": DisableAlarmActions(alarmNames: ["AlarmName & é"]),
        "DescribeAlarmHistory in full": DescribeAlarmHistory(
            alarmName: "AlarmName & é", alarmTypes: ["LogAlarm"], historyItemType: "AlarmContributorAction",
            startDate: start, endDate: start, maxRecords: 100, nextToken: "NextToken & é",
            scanBy: "TimestampAscending"),
        "DescribeAlarmHistory in brief": DescribeAlarmHistory(),
    ]
}
