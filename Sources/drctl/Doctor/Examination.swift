/// One look that waits for nobody else's.
struct Examination: Sendable {
    /// `host`, or a workload's name.
    var subject: String
    /// What its findings are about, should it not come to any.
    var name: String
    var look: @Sendable () async -> [Finding]

    init(_ subject: String, _ name: String, _ look: @escaping @Sendable () async -> [Finding]) {
        self.subject = subject
        self.name = name
        self.look = look
    }
}
