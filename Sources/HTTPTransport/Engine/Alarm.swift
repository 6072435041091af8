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
        // A counter that is full rings already.
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    func reset() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
