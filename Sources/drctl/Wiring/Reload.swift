import Settings
import Failover
import Foundation
import Logging

/// What SIGHUP does: a new configuration is checked first, and a bad one is refused while the old one stays.
/// A good one is taken by starting anew in place: the same process id, all state from the journal, as after
/// any other start, so that there is no second way to come up. A start that fails would leave nobody on
/// watch, so what it will need is tried before the old one ends.
struct Reload {
    let path: String
    let current: Configuration
    let logger: Logger
    private let files: FilesRead

    init(path: String, current: Configuration, logger: Logger) {
        self.path = path
        self.current = current
        self.logger = logger
        files = FilesRead(current)
    }

    /// Whether the file holds another valid configuration than the one in use, or the files that it names
    /// and that are read once have changed.
    func isDue() -> Bool {
        let microseconds = DispatchTime.now().uptimeNanoseconds / 1000
        SystemdNotice.send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
        do {
            let fresh = try Configuration.checked(path: path)
            guard fresh.digest != current.digest || FilesRead(fresh) != files else {
                logger.notice("reload: \(path) is as it was")
                SystemdNotice.ready()
                return false
            }
            let problems = Trial.problems(of: fresh, replacing: current)
            if problems.isEmpty { return true }
            refuse(problems.joined(separator: "; "), count: problems.count)
        } catch {
            refuse("\(error)", count: error.problems.count)
        }
        return false
    }

    private func refuse(_ why: String, count: Int) {
        logger.error("reload refused, the old configuration stays: \(sanitized(oneLine(why)))")
        SystemdNotice.ready("\(path) has \(count) problem(s): the configuration of the start is in use")
    }

    func postponed() {
        logger.notice("reload: a failover runs; the new configuration is taken when it has ended")
        SystemdNotice.ready("a new configuration waits for the failover to end")
    }

    /// Never returns when it works.
    static func startAnew() throws -> Never {
        // Nothing of this image may stay open in the next: a lock would be held against ourselves. Marked,
        // not closed: other threads may be using them until the very end.
        for descriptor in 3..<max(3, min(getdtablesize(), 65_536)) {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        // A thread of the pool blocks all signals, and the next image would inherit that. Those that it
        // listens for stay blocked, so that one that comes before it does is kept for it.
        var kept = sigset_t()
        sigemptyset(&kept)
        for number in Signals.known { sigaddset(&kept, number) }
        pthread_sigmask(SIG_SETMASK, &kept, nil)
        let arguments = CommandLine.arguments.map { strdup($0) } + [nil]
        execv("/proc/self/exe", arguments)
        throw Failure(.failed, "cannot start anew: \(String(cString: strerror(errno)))")
    }
}
