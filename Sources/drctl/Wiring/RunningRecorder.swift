import Dispatch
import Failover
import Journal
import Logging
import Settings

/// The recorder of a service, on a queue of its own: a disk that hangs holds up nothing else.
struct RunningRecorder: Sendable {
    let recorder: ObservationRecorder

    /// Nil when the configuration says that nothing is recorded.
    init?(_ settings: RecordingSettings, logger: Logger) {
        guard settings.keep > .zero else { return nil }
        let queue = DispatchQueue(label: "drctl.recording")
        recorder = ObservationRecorder(
            path: settings.path,
            bounds: RecordingBounds(keep: settings.keep, bytes: Int64(settings.limitMebibytes) << 20),
            warn: { logger.warning("\(sanitized(oneLine($0)))") }, schedule: { queue.async(execute: $0) })
    }

    /// Writes what is left, if the disk takes it within `patience`.
    func end(patience: Duration) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        recorder.finish(then: { continuation.finish() })
        let timeout = Task {
            try? await Task.sleep(for: patience)
            continuation.finish()
        }
        for await _ in stream {}
        timeout.cancel()
    }
}
