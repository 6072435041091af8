/// Keeps alarms from acting; their states go on changing.
public struct DisableAlarmActions: CloudWatchOperation {
    public static let name = "DisableAlarmActions"
    public var kind: OperationKind { .repeatableMutation }

    /// At most 100.
    public var alarmNames: [String]

    public init(alarmNames: [String]) {
        self.alarmNames = alarmNames
    }

    public func encode(into form: inout QueryForm) {
        form.list("AlarmNames", item: "member", alarmNames)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output { Output() }
}
