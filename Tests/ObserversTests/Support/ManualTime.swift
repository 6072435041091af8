import Failover

@testable import Observers

/// A clock that goes on only when the test says so.
final class ManualTime: Sendable {
    private struct State {
        var now = ObserverContext.testNow
        var sleepers: [Int: (until: Timestamp, awake: Promise<Void>)] = [:]
        var latest = 0
    }

    private let state = Locked(State())

    var now: Timestamp { state.withLock { $0.now } }

    /// When those who sleep want to be woken, the earliest first.
    var alarms: [Duration] {
        state.withLock { state in state.sleepers.values.map { $0.until - ObserverContext.testNow }.sorted() }
    }

    func sleep(_ span: Duration) async throws {
        let awake = Promise<Void>()
        let number = state.withLock { state in
            state.latest += 1
            state.sleepers[state.latest] = (state.now + span, awake)
            return state.latest
        }
        await withTaskCancellationHandler {
            await awake.value
        } onCancel: {
            state.withLock { _ = $0.sleepers.removeValue(forKey: number) }
            awake.fulfil(())
        }
        try Task.checkCancellation()
    }

    func advance(by span: Duration) {
        let due = state.withLock { state in
            state.now = state.now + span
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.sorted { $0.until < $1.until }
        }
        for sleeper in due { sleeper.awake.fulfil(()) }
    }
}
