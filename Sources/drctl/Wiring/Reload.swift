import Settings
import Failover
import Foundation
import Logging

/// What SIGHUP does: a new configuration is checked first, and a bad one is refused while the old one stays.
/// A good one is taken by starting anew in place: the same process id, all state from the journal, as after
/// any other start, so that there is no second way to come up.
struct Reload {
    let path: String
    let current: Configuration
    let logger: Logger

    /// Whether the file holds another valid configuration than the one in use.
    func isDue() -> Bool {
        let microseconds = DispatchTime.now().uptimeNanoseconds / 1000
        SystemdNotice.send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
        do {
            let fresh = try Configuration.checked(path: path)
            if fresh.digest != current.digest { return true }
            logger.notice("reload: \(path) is as it was")
            SystemdNotice.send("READY=1")
        } catch {
            let count = error.problems.count
            let why = sanitized(oneLine("\(error)"))
            logger.error("reload refused, the old configuration stays: \(why)")
            SystemdNotice.send(
                "READY=1\nSTATUS=\(path) has \(count) problem(s): the configuration of the start is in use")
        }
        return false
    }

    func postponed() {
        logger.notice("reload: a failover runs; the new configuration is taken when it has ended")
        SystemdNotice.send("READY=1\nSTATUS=a new configuration waits for the failover to end")
    }

    /// Never returns when it works.
    static func startAnew() throws -> Never {
        // Nothing of this image may stay open in the next: a lock would be held against ourselves. Marked,
        // not closed: other threads may be using them until the very end.
        for descriptor in 3..<max(3, min(getdtablesize(), 65_536)) {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        var none = sigset_t()
        sigemptyset(&none)
        // A thread of the pool blocks signals, and the next image would inherit that.
        pthread_sigmask(SIG_SETMASK, &none, nil)
        let arguments = CommandLine.arguments.map { strdup($0) } + [nil]
        execv("/proc/self/exe", arguments)
        throw Failure(.failed, "cannot start anew: \(String(cString: strerror(errno)))")
    }
}
