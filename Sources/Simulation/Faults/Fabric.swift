import Failover

/// What lies between a host and AWS: asked once for each request, when it is sent.
protocol Fabric: AnyObject {
    func passage(of message: Message, at now: Timestamp) -> Passage
}

/// A request on its way from a host to a Region's AWS.
struct Message {
    var from: HostID
    var to: Region
    /// `Service.id`.
    var service: String
    var operation: String
    var mutates: Bool
}

/// What becomes of one request and of its answer.
struct Passage {
    /// How long the request travels; nil when it never arrives.
    var there: Duration?
    /// When `there` is nil: true when the sender is told at once (refused), false when it waits for its
    /// connect timeout.
    var isRefused = false
    /// How long the answer travels; nil when it is lost after the effect, and the sender waits for its total
    /// timeout.
    var back: Duration?
    /// When `back` is nil: true when the sender sees the connection break off instead of waiting.
    var isReset = false
    var treatment = Treatment.served

    /// What the service makes of it.
    enum Treatment: Equatable {
        case served
        /// HTTP 400 `Throttling`; no effect.
        case throttled
        /// 500 or 503. `afterEffect`: the operation is carried out all the same.
        case serverError(status: Int, afterEffect: Bool)
        /// Carried out; the body is no XML.
        case garbage
        /// HTTP 403 `AccessDenied`; no effect.
        case denied
        /// HTTP 403 `ExpiredToken`; no effect.
        case expiredToken
        /// What is only read is answered as it was so long ago. What changes something is carried out now.
        case stale(by: Duration)
    }

    init(there: Duration?, back: Duration?) {
        self.there = there
        self.back = back
    }
}
