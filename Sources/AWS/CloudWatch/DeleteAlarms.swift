/// Deletes alarms; when one of them does not exist, none is deleted.
public struct DeleteAlarms: CloudWatchOperation {
    public static let name = "DeleteAlarms"
    public var kind: OperationKind { .mutation }

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
