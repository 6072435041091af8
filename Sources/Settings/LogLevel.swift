/// How much is written to the log: everything from this level upwards.
public enum LogLevel: String, Sendable, Codable, CaseIterable {
    case trace, debug, info, notice, warning, error, critical
}
