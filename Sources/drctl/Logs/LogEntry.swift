import Foundation
import Logging

/// One line of the log with its fields.
struct LogEntry: Sendable {
    var label: String
    var level: Logger.Level
    var message: String
    /// Workload, plan, rule and the like; short names in small letters.
    var fields: [(name: String, value: String)]

    /// As syslog(3) counts, which systemd understands.
    var priority: Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}

/// Hands every entry to `write`.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    let label: String
    let write: @Sendable (LogEntry) -> Void

    init(label: String, write: @escaping @Sendable (LogEntry) -> Void) {
        self.label = label
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        write(
            LogEntry(
                label: label, level: event.level, message: "\(event.message)",
                fields: all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }))
    }
}

/// `<4>text`: what systemd reads from standard error, one line each.
struct PriorityLine {
    let entry: LogEntry

    func write() {
        let fields = entry.fields.map { " \($0.name)=\(oneLine($0.value))" }.joined()
        let line = "<\(entry.priority)>\(oneLine(entry.message))\(fields)\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}

/// One JSON object a line on standard error: `time` (UTC), `level`, `logger`, `message`, and the fields.
struct JSONLine {
    let entry: LogEntry

    func write() {
        var object: [String: String] = [:]
        for (name, value) in entry.fields { object[name] = value }
        object["time"] = Date().formatted(.iso8601.time(includingFractionalSeconds: true))
        object["level"] = entry.level.rawValue
        object["logger"] = entry.label
        object["message"] = entry.message
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard var line = try? encoder.encode(object) else { return }
        line.append(UInt8(ascii: "\n"))
        FileHandle.standardError.write(line)
    }
}
