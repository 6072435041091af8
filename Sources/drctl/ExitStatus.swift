/// The documented exit codes.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    /// Usage or configuration.
    case usage = 2
    /// Refused by a guard.
    case refused = 3
    case waitingForApproval = 4
    /// No answer from the service.
    case noAnswer = 5
    /// A request of which nobody knows whether it counts. 6 is the simulator's.
    case inDoubt = 7
}

/// Ends a command with a message on standard error and an exit code.
struct Failure: Error {
    var status: ExitStatus
    /// What happened and what to do next; empty when all has been said on standard output.
    var message: String

    init(_ status: ExitStatus, _ message: String = "") {
        self.status = status
        self.message = message
    }
}
