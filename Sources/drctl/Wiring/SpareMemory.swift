import CMemory
import Logging

/// Gives back what a service at rest does not use: pages of the program's files that only its start, or a
/// failover that is over, has needed (the kernel maps 64 KiB for each 4 KiB that are touched), and what the
/// allocator keeps free. What is used again is mapped again, and not read from a disk for as long as the
/// kernel has it cached.
struct SpareMemory {
    let clock: MachineClock
    let logger: Logger

    /// Of the first rounds everything is in by then: nobody's first try takes longer.
    static let afterStart = Duration.seconds(20)
    /// What is asked now and then adds up: a status page, an hourly check.
    static let every = Duration.seconds(3600)

    /// Before other threads have memory of their own.
    static func shareAmongThreads() { drctl_share_memory() }

    /// Until it is cancelled. Never while a failover runs: it has better things to do.
    func giveBack(unless isBusy: () async -> Bool) async throws {
        try await clock.sleep(for: Self.afterStart)
        while true {
            if await !isBusy() {
                let bytes = drctl_give_memory_back()
                logger.debug("gave memory back: \(bytes >> 10) KiB of the program's files")
            }
            try await clock.sleep(for: Self.every)
        }
    }
}
