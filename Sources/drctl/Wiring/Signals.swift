import Dispatch
import Foundation

/// The signals that the service understands, as a stream.
enum Signals {
    enum Wish: Sendable {
        /// SIGTERM or SIGINT, by name.
        case end(String)
        /// SIGHUP.
        case reload
    }

    /// Waits for the first one that ends the process and returns its name. A cancelled wait returns too.
    static func first() async -> String {
        for await case .end(let name) in wishes() { return name }
        return "cancelled"
    }

    /// Once for a process: what nobody reads any more is dropped.
    static func wishes() -> AsyncStream<Wish> {
        let (stream, continuation) = AsyncStream.makeStream(of: Wish.self)
        let known: [(Int32, Wish)] = [
            (SIGTERM, .end("SIGTERM")), (SIGINT, .end("SIGINT")), (SIGHUP, .reload),
        ]
        for (number, wish) in known {
            // The default action would end the process before the source hears of it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // Its own handler keeps the source: a process that listens does so to its end.
            source.setEventHandler {
                _ = source
                continuation.yield(wish)
            }
            source.resume()
        }
        return stream
    }
}
