import Dispatch
import Foundation

/// What a command that watches waits for: the time to look again, a terminal of another size, the end.
enum WatchEvent: Sendable {
    case look
    case resize
    case end
}

extension WatchEvent {
    /// Once for a process, like `Signals`. The first look is due at once.
    static func stream(every interval: Duration) -> AsyncStream<WatchEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: WatchEvent.self)
        let known: [(Int32, WatchEvent)] = [
            (SIGINT, .end), (SIGTERM, .end), (SIGHUP, .end), (SIGWINCH, .resize),
        ]
        for (number, event) in known {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                _ = source
                continuation.yield(event)
            }
            source.resume()
        }
        let timer = Task {
            while !Task.isCancelled {
                continuation.yield(.look)
                try? await Task.sleep(for: interval)
            }
        }
        continuation.onTermination = { _ in timer.cancel() }
        return stream
    }
}
