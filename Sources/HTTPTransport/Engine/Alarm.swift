import CCurl

/// Ends the wait of another thread (eventfd(2)). The descriptor lives as long as anybody who may ring.
final class Alarm: Sendable {
    let descriptor: CInt

    /// Nil when the system has no descriptors to spare.
    init?() {
        descriptor = eventfd(0, CInt(EFD_NONBLOCK | EFD_CLOEXEC))
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func ring() {
        var one: UInt64 = 1
        // Nobody takes the rings back: the counter is full after 2^64 of them.
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }
}
