import Journal

/// The connections on which no whole request has come yet. Who opens all that there may be and sends nothing
/// would keep everybody else out until each one's patience has ended: when they are too many the one that has
/// waited longest goes. A genuine sender has sent all of a request within milliseconds.
final class WaitingRoom: Sendable {
    /// Its place; what is asked for is asked of the same room.
    typealias Ticket = Int

    private struct State {
        var next: Ticket = 0
        var oldest: Ticket = 0
        var waiting: [Ticket: @Sendable () -> Void] = [:]
    }

    private let seats: Int
    private let state = Locked(State())

    /// `seats`: fewer than the connections that a server takes, so that there is always room for one more.
    init(seats: Int) { self.seats = seats }

    /// `leave` closes the connection, from any thread.
    func enter(_ leave: @escaping @Sendable () -> Void) -> Ticket {
        let (ticket, evicted) = state.withLock { state -> (Ticket, (@Sendable () -> Void)?) in
            let ticket = state.next
            state.next += 1
            state.waiting[ticket] = leave
            guard state.waiting.count > seats else { return (ticket, nil) }
            while state.waiting[state.oldest] == nil { state.oldest += 1 }
            return (ticket, state.waiting.removeValue(forKey: state.oldest))
        }
        evicted?()
        return ticket
    }

    func leave(_ ticket: Ticket) { state.withLock { _ = $0.waiting.removeValue(forKey: ticket) } }
}
