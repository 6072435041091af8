import Dispatch
import Foundation
import Journal

/// The signals that the service understands, as a stream.
final class Signals: Sendable {
    enum Wish: Sendable {
        /// SIGTERM or SIGINT, by name.
        case end(String)
        /// SIGHUP.
        case reload
    }

    static let known = [SIGHUP, SIGTERM, SIGINT]

    /// What is sent, in order; kept until it is read. For one reader.
    let wishes: AsyncStream<Wish>
    private let continuation: AsyncStream<Wish>.Continuation
    private let end = Locked<String?>(nil)

    /// Listens for SIGHUP at once. The signals that end a process do so until `listenForTheEnd`: a start that
    /// waits for something has nothing to hand over.
    init() {
        (wishes, continuation) = AsyncStream.makeStream(of: Wish.self)
        listen(for: SIGHUP) { [continuation] in continuation.yield(.reload) }
    }

    /// The signal that has asked for the end so far, also while nobody reads `wishes`.
    var endWished: String? { end.withLock { $0 } }

    func listenForTheEnd() {
        for (number, name) in [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")] {
            listen(for: number) { [self] in
                end.withLock { $0 = $0 ?? name }
                continuation.yield(.end(name))
            }
        }
    }

    /// Waits for the first signal that ends the process and returns its name. A cancelled wait returns too.
    static func first() async -> String {
        let signals = Signals()
        signals.listenForTheEnd()
        for await case .end(let name) in signals.wishes { return name }
        return "cancelled"
    }

    private func listen(for number: Int32, _ heard: @escaping @Sendable () -> Void) {
        // libdispatch replaces the default action itself on Linux. SIG_IGN would throw away one that is
        // pending, as after a start in place.
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        // Its own handler keeps the source: a process that listens does so to its end.
        source.setEventHandler {
            _ = source
            heard()
        }
        source.resume()
    }
}
