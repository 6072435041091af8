import AWS

/// Time that passes only when somebody sleeps or a test says so.
final class VirtualClock: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var sleeps: [Duration] = []
    }

    /// 2026-01-02T03:04:05Z.
    static let start = WallTime(unixSeconds: 1_767_323_045)
    private let state = Locked(State())

    var now: WallTime { Self.start + elapsed }
    var elapsed: Duration { state.withLock { $0.elapsed } }
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func advance(by span: Duration) {
        state.withLock { $0.elapsed += span }
    }

    func sleep(for span: Duration) {
        state.withLock {
            $0.elapsed += span
            $0.sleeps.append(span)
        }
    }

    /// A machine with this clock, no luck either way, and these files.
    func surroundings(
        environment: [String: String] = [:], files: [String: String] = [:], random: Double = 0.5
    ) -> Surroundings {
        Surroundings(
            now: { self.now }, steady: { self.elapsed }, sleep: { self.sleep(for: $0) }, random: { random },
            environment: environment,
            readFile: { path in
                guard let text = files[path] else { throw NoSuchFile() }
                return text
            })
    }
}

struct NoSuchFile: Error {}
