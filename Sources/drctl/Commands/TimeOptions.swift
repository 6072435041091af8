import Failover
import Foundation

/// The wall clock's time, for commands that talk about the past.
func wallTime() -> Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

/// A time that somebody typed after `option`, or the exit code for bad usage.
func moment(_ text: String, option: String, now: Timestamp) throws -> Timestamp {
    guard let moment = Moment.read(text, now: now) else {
        throw Failure(.usage, "\(option) takes a time such as \(Moment.forms), not '\(text)'")
    }
    return moment
}
