import ArgumentParser
import Foundation
import Logging

/// How the service writes its log.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case journald

    /// journald when standard error is its stream (systemd.exec(5), `JOURNAL_STREAM`).
    static var standard: LogFormat {
        ProcessInfo.processInfo.environment["JOURNAL_STREAM"] == nil ? .text : .journald
    }

    func handler(label: String, level: Logger.Level) -> any LogHandler {
        var handler: any LogHandler =
            switch self {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: LineLogHandler(label: label) { JSONLine(entry: $0).write() }
            case .journald: journald(label)
            }
        handler.logLevel = level
        return handler
    }

    /// Without its socket, what a plain line on standard error can say: the priority in front
    /// (sd-daemon(3)).
    private func journald(_ label: String) -> any LogHandler {
        guard let socket = JournaldSocket() else {
            return LineLogHandler(label: label) { PriorityLine(entry: $0).write() }
        }
        return LineLogHandler(label: label) { entry in
            if !socket.send(JournaldEntry(entry: entry).bytes) { PriorityLine(entry: entry).write() }
        }
    }
}
