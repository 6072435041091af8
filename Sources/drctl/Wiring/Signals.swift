import Dispatch
import Foundation

/// SIGTERM and SIGINT as an awaitable. SIGHUP is ignored: a hang-up, or somebody's idea of a reload, must not
/// end the watch.
enum Signals {
    /// Waits for the first of them and returns its name. A cancelled wait returns too.
    static func first() async -> String {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        signal(SIGHUP, SIG_IGN)
        let sources = [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")].map { number, name in
            // The default action would end the process before the source hears of it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(name) }
            source.resume()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        for await name in stream { return name }
        return "cancelled"
    }
}
