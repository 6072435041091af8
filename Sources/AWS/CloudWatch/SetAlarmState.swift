/// Sets an alarm's state until it is evaluated next. Health checks follow the metric, not this.
public struct SetAlarmState: CloudWatchOperation {
    public static let name = "SetAlarmState"
    public var kind: OperationKind { .repeatableMutation }

    public var alarmName: String
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    public var stateValue: String
    public var stateReason: String
    /// JSON.
    public var stateReasonData: String?

    public init(alarmName: String, stateValue: String, stateReason: String, stateReasonData: String? = nil) {
        self.alarmName = alarmName
        self.stateValue = stateValue
        self.stateReason = stateReason
        self.stateReasonData = stateReasonData
    }

    public func encode(into form: inout QueryForm) {
        form.add("AlarmName", alarmName)
        form.add("StateValue", stateValue)
        form.add("StateReason", stateReason)
        form.add("StateReasonData", stateReasonData)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output { Output() }
}
