/// An alarm on other alarms.
public struct CompositeAlarm: Sendable, Hashable {
    public var alarmName = ""
    public var alarmArn: String?
    public var alarmDescription: String?
    public var alarmRule: String?
    /// `OK`, `ALARM`, `INSUFFICIENT_DATA`.
    public var stateValue: String?
    public var stateReason: String?
    public var stateReasonData: String?
    public var stateUpdatedTimestamp: WallTime?
    public var stateTransitionedTimestamp: WallTime?
    public var alarmConfigurationUpdatedTimestamp: WallTime?
    public var actionsEnabled: Bool?
    public var okActions: [String] = []
    public var alarmActions: [String] = []
    public var insufficientDataActions: [String] = []
    public var actionsSuppressor: String?
    public var actionsSuppressedBy: String?
    public var actionsSuppressedReason: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        alarmName = try xml.requiredString("AlarmName")
        alarmArn = xml.string("AlarmArn")
        alarmDescription = xml.string("AlarmDescription")
        alarmRule = xml.string("AlarmRule")
        stateValue = xml.string("StateValue")
        stateReason = xml.string("StateReason")
        stateReasonData = xml.string("StateReasonData")
        stateUpdatedTimestamp = try xml.time("StateUpdatedTimestamp")
        stateTransitionedTimestamp = try xml.time("StateTransitionedTimestamp")
        alarmConfigurationUpdatedTimestamp = try xml.time("AlarmConfigurationUpdatedTimestamp")
        actionsEnabled = try xml.bool("ActionsEnabled")
        okActions = xml.strings("OKActions", item: "member")
        alarmActions = xml.strings("AlarmActions", item: "member")
        insufficientDataActions = xml.strings("InsufficientDataActions", item: "member")
        actionsSuppressor = xml.string("ActionsSuppressor")
        actionsSuppressedBy = xml.string("ActionsSuppressedBy")
        actionsSuppressedReason = xml.string("ActionsSuppressedReason")
    }
}
