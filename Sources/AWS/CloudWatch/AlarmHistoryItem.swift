/// Something that happened to an alarm.
public struct AlarmHistoryItem: Sendable, Hashable {
    public var alarmName: String?
    public var alarmType: String?
    public var timestamp: WallTime?
    /// `ConfigurationUpdate`, `StateUpdate`, `Action`, …
    public var historyItemType: String?
    public var historySummary: String?
    /// JSON.
    public var historyData: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        alarmName = xml.string("AlarmName")
        alarmType = xml.string("AlarmType")
        timestamp = try xml.time("Timestamp")
        historyItemType = xml.string("HistoryItemType")
        historySummary = xml.string("HistorySummary")
        historyData = xml.string("HistoryData")
    }
}
