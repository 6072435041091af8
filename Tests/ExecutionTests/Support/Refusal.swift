/// What AWS answers instead of doing it.
struct Refusal: Error, Sendable, Equatable {
    var code: String
    var status: Int
    var message: String

    init(_ code: String, status: Int = 400, _ message: String = "as scripted") {
        self.code = code
        self.status = status
        self.message = message
    }
}

/// Something that goes wrong with a call.
enum Fault: Sendable, Equatable {
    /// AWS refuses and does nothing.
    case refused(Refusal)
    /// Done, and the reply is lost.
    case lostReply
    /// Lost on the way there, with the bytes sent.
    case lostRequest
    /// Nothing answers; the caller waits for its whole timeout.
    case silence
    /// The same, in no time at all: for calls side by side, which share the clock.
    case timeout
    /// Route 53's error without its envelope.
    case bareChangeBatchError

    static let throttled = Fault.refused(Refusal("Throttling", "Rate exceeded"))
    static let denied = Fault.refused(Refusal("AccessDenied", status: 403, "not authorized"))
    static let broken = Fault.refused(Refusal("InternalFailure", status: 503, "try later"))
}
